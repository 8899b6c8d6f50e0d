import { join } from 'node:path'

/** What a write does to one file: its new digest, or null when it goes. */
export interface JournalEntry {
  path: string
  sha256: string | null
}

/** Everything a write needs lives here, on the same file system as the tree, so that renames are atomic. */
export const transactionFolder = (root: string) => join(root, '.opencore', 'transaction')

export const journalPath = (root: string) => join(transactionFolder(root), 'journal.json')

/** Staged contents are named by digest: staging the same text twice is one file. */
export const stagedPath = (root: string, sha256: string) => join(transactionFolder(root), sha256)
