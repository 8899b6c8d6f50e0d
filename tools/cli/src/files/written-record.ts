import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { JournalEntry } from './journal.ts'
import { readIfPresent } from './read-if-present.ts'
import { writeAtomically } from './write-atomically.ts'

const recordPath = (root: string) => join(root, '.opencore', 'written.json')

export const digestText = (text: string) => createHash('sha256').update(text).digest('hex')

/** The digest of each generated file as this checkout last wrote it: what differs from it was not written by us. */
export async function readRecord(root: string): Promise<ReadonlyMap<string, string>> {
  const text = await readIfPresent(recordPath(root))
  return new Map(text === undefined ? [] : Object.entries(JSON.parse(text) as Record<string, string>))
}

/** Note what a write did. */
export async function updateRecord(root: string, entries: readonly JournalEntry[]): Promise<void> {
  const record = new Map(await readRecord(root))
  for (const { path, sha256 } of entries) {
    if (sha256 === null) record.delete(path)
    else record.set(path, sha256)
  }
  await writeAtomically(recordPath(root), JSON.stringify(Object.fromEntries(record)))
}
