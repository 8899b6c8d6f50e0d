import { createHash } from 'node:crypto'

/** SHA-256, in hex, of a value as JSON; the order of keys counts. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
