import { rm } from 'node:fs/promises'
import type { FileChange } from './compare-files.ts'
import { journalPath, stagedPath, transactionFolder, type JournalEntry } from './journal.ts'
import { replaceFile } from './replace-file.ts'
import { writeSynced } from './write-synced.ts'
import { digestText } from './written-record.ts'

/**
 * Write all new contents beside the tree and then, as the commit point, the journal that names them by digest.
 * Before the journal's rename the old tree is untouched; after it every command knows what is missing.
 */
export async function stageChanges(root: string, changes: readonly FileChange[]): Promise<JournalEntry[]> {
  await rm(transactionFolder(root), { recursive: true, force: true })
  const entries = changes.map(({ path, text }) => ({
    path,
    sha256: text === null ? null : digestText(text),
  }))
  for (const [index, { sha256 }] of entries.entries()) {
    if (sha256 !== null) await writeSynced(stagedPath(root, sha256), changes[index]?.text ?? '')
  }
  await replaceFile(journalPath(root), JSON.stringify(entries, null, 2))
  return entries
}
