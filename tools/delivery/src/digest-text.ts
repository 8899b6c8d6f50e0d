import { createHash } from 'node:crypto'

/** SHA-256 of a text, as records say it. */
export const digestText = (text: string): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`
