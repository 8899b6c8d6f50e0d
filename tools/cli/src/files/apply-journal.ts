import { readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { journalPath, stagedPath, transactionFolder, type JournalEntry } from './journal.ts'
import { readIfPresent } from './read-if-present.ts'
import { syncFolder, writeSynced } from './write-synced.ts'
import { updateRecord } from './written-record.ts'

/** The entries of a write that was interrupted after its commit point; undefined when the tree is whole. */
export async function readJournal(root: string): Promise<JournalEntry[] | undefined> {
  const text = await readIfPresent(journalPath(root))
  return text === undefined ? undefined : (JSON.parse(text) as JournalEntry[])
}

/**
 * Bring the tree to what the journal says, then drop the journal. Safe to repeat from the start after a kill:
 * a staged file stays until the journal is gone, and every step gives the same result twice.
 */
export async function applyJournal(root: string, entries: readonly JournalEntry[]): Promise<void> {
  const folders = new Set<string>()
  for (const { path, sha256 } of entries) {
    const target = join(root, path)
    if (sha256 === null) await rm(target, { force: true })
    else {
      const beside = `${target}.opencore-new`
      await writeSynced(beside, await readFile(stagedPath(root, sha256), 'utf8'))
      await rename(beside, target)
      folders.add(dirname(target))
    }
  }
  for (const folder of folders) await syncFolder(folder)
  await updateRecord(root, entries)
  await rm(journalPath(root))
  await rm(transactionFolder(root), { recursive: true, force: true })
}
