import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pid } from 'node:process'

/** Write a cache file so that a reader sees all of it or nothing. Makes its folder. */
export function writeFileAtomically(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const partial = `${file}.partial-${pid}`
  writeFileSync(partial, content)
  renameSync(partial, file)
}
