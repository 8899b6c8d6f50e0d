import type { Finding, PlannedFile } from '@opencore/contract'
import { assemblePlatform, type PlatformInput } from '@opencore/model'
import { compareFiles } from '../files/compare-files.ts'
import { withWorkspaceLock } from '../files/lock-workspace.ts'
import { refuseInterruptedWrite, writeChanges } from '../files/write-files.ts'
import { Refusal } from '../output/refusal.ts'
import { readPlatformInput } from '../workspace/load-platform.ts'
import type { Draft, DraftRequest } from './draft.ts'
import { formatFiles } from './format-files.ts'
import { listKnown } from './known-names.ts'

/**
 * Write the files of something new. What is typed is checked first, then the platform is assembled with the files as they
 * will be: what the model refuses is not written. Killed at any moment there are all of the files or none.
 */
export async function writeDraft(root: string, request: DraftRequest, dryRun: boolean): Promise<Draft> {
  await refuseInterruptedWrite(root)
  return withWorkspaceLock(root, async () => {
    const input = await readPlatformInput(root)
    const known = listKnown(input)
    const typed = request.check(known, input)
    if (typed.length > 0) throw new Refusal(typed)
    const draft = request.write(known, input)
    const files = await formatFiles(root, draft.files)
    const edited = await formatFiles(root, draft.edited ?? [])
    const changes = compareFiles(root, [...files, ...edited], [])
    const taken = files.filter(
      ({ path }) => !changes.some((one) => one.path === path && one.kind === 'added'),
    )
    if (taken.length > 0) throw new Refusal(taken.map(fileTaken))
    const findings = judge(await readPlatformInput(root, [...files, ...edited]), files, request)
    if (findings.length > 0) throw new Refusal(findings)
    if (!dryRun) await writeChanges(root, changes)
    return { files, ...(edited.length > 0 && { edited }), next: draft.next }
  })
}

/** What the model says; of files that are not there it is said where it was typed. */
function judge(input: PlatformInput, files: readonly PlannedFile[], { noun, name }: DraftRequest): Finding[] {
  const platform = assemblePlatform(input)
  if (platform.ok) return []
  const drafted = new Set(files.map(({ path }) => path))
  return platform.findings.map((finding) =>
    drafted.has(finding.at.file) ? { ...finding, at: { file: `opencore new ${noun} ${name}` } } : finding,
  )
}

const fileTaken = ({ path }: PlannedFile): Finding => ({
  code: 'FILE_TAKEN',
  severity: 'error',
  at: { file: path },
  found: 'there is such a file already',
  wanted: 'a place for a new one: what somebody wrote is not written over',
  next: 'move it away, or take another name',
})
