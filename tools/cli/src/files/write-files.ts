import { exitCode, Refusal } from '../output/refusal.ts'
import { applyJournal, readJournal } from './apply-journal.ts'
import { compareFiles, type FileChange, type PlannedFile } from './compare-files.ts'
import { withWorkspaceLock } from './lock-workspace.ts'
import { refuseEdited } from './refuse-edited.ts'
import { stageChanges } from './stage-changes.ts'

/** What a write did: an interrupted earlier one that was finished first, and its own changes. */
export interface WriteOutcome {
  repaired: number
  changes: FileChange[]
}

/**
 * Make the disk equal to the plan, all or nothing. Killed at any moment the tree is the old one, or one that
 * `refuseInterruptedWrite` refuses and the next write repairs before its own work. Refuses to overwrite what was edited by
 * hand, as `refuseEdited` does.
 */
export async function writeFiles(
  root: string,
  planned: readonly PlannedFile[],
  listExisting: () => Promise<string[]>,
): Promise<WriteOutcome> {
  return withWorkspaceLock(root, async () => {
    const interrupted = await readJournal(root)
    if (interrupted) await applyJournal(root, interrupted)
    const changes = compareFiles(root, planned, await listExisting())
    await refuseEdited(root, changes)
    await writeChanges(root, changes)
    return { repaired: interrupted?.length ?? 0, changes }
  })
}

/** Write changes through the journal, all or nothing, for whoever holds the lock of the workspace. */
export async function writeChanges(root: string, changes: readonly FileChange[]): Promise<void> {
  if (changes.length > 0) await applyJournal(root, await stageChanges(root, changes))
}

/** Readers of what is written call this first: a tree in the middle of a write is no tree. */
export async function refuseInterruptedWrite(root: string): Promise<void> {
  const interrupted = await readJournal(root)
  const [first] = interrupted ?? []
  if (!interrupted || !first) return
  throw new Refusal(
    [
      {
        code: 'TREE_INTERRUPTED',
        severity: 'error',
        at: { file: first.path },
        found: `a write of files was interrupted half way (${interrupted.length} to go)`,
        wanted: 'a tree that is whole',
        next: 'run: opencore generate (it finishes the interrupted write first)',
      },
    ],
    exitCode.findings,
  )
}
