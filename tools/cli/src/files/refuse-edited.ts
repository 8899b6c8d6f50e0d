import type { Finding } from '@opencore/contract'
import { execaGit } from '@opencore/delivery'
import { join } from 'node:path'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { FileChange } from './compare-files.ts'
import { readIfPresent } from './read-if-present.ts'
import { digestText, readRecord } from './written-record.ts'

/**
 * Refuse to overwrite what a person wrote into generated files and nobody else holds (GENERATED_EDITED): neither is it
 * what we wrote there last, nor has git's index the same, nor is it a conflict of a merge. What git holds can be had back.
 */
export async function refuseEdited(root: string, changes: readonly FileChange[]): Promise<void> {
  const record = await readRecord(root)
  const doubted = await Promise.all(
    changes.map(async ({ kind, path }) => {
      const text = kind === 'added' ? undefined : await readIfPresent(join(root, path))
      return text !== undefined && record.get(path) !== digestText(text) ? [path] : []
    }),
  )
  const edits = await listEdits(root, doubted.flat())
  if (edits.length > 0) throw new Refusal(edits.map(describeEdit), exitCode.findings)
}

interface Edit {
  path: string
  tracked: boolean
}

/** Also one that was only announced: `git add --intent-to-add`. */
const untracked = ['??', ' A']

/** Those of `paths` whose contents are in no index. Where there is no repository, nobody can tell. */
async function listEdits(root: string, paths: readonly string[]): Promise<Edit[]> {
  if (paths.length === 0) return []
  const folders = [...new Set(paths.map((path) => path.split('/')[0] ?? ''))]
  const status = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--', ...folders]
  const { failed, stdout } = await execaGit('git', status, { cwd: root, reject: false })
  if (failed) return []
  const wanted = new Set(paths)
  return stdout.split('\0').flatMap((line) => {
    const path = line.slice(3)
    const state = line.slice(0, 2)
    const tracked = state.endsWith('M')
    return wanted.has(path) && (tracked || untracked.includes(state)) ? [{ path, tracked }] : []
  })
}

const describeEdit = ({ path, tracked }: Edit): Finding => ({
  code: 'GENERATED_EDITED',
  severity: 'error',
  at: { file: path },
  found: tracked ? 'the generated file was edited by hand' : 'the file was made by hand among generated ones',
  wanted: 'changes where generated files come from: here they would be lost now',
  next: tracked
    ? `move the change to its source, then run: git restore ${path}`
    : 'move the file away, then run the command again',
})
