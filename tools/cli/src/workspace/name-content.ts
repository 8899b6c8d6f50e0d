import { createHash } from 'node:crypto'

/** The name that git gives to a file's content, in a repository of SHA-1 (40 digits) or of SHA-256. */
export function nameContent(content: string | Buffer, digits: number): string {
  const hash = createHash(digits === 40 ? 'sha1' : 'sha256')
  return hash
    .update(`blob ${Buffer.byteLength(content)}\0`)
    .update(content)
    .digest('hex')
}
