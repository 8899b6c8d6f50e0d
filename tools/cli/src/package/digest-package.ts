import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { readArchive } from './read-archive.ts'

/**
 * SHA-256 of what a package holds: of the lines that `sha256sum` prints for its files, ordered by path. Dates and
 * compression do not count, so every machine has the same; neither does Chart.lock, which has a date inside and
 * speaks of charts that are in the package themselves.
 */
export function digestPackage(packed: Buffer): string {
  const lines = readArchive(packed)
    .filter(({ name }) => basename(name) !== 'Chart.lock')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, content }) => `${sha256(content)}  ${name}\n`)
  return `sha256:${sha256(lines.join(''))}`
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
