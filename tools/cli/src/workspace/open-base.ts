import { execaGit } from '@opencore/delivery'
import { join } from 'node:path'
import { extractTree } from './extract-tree.ts'
import { findMergeBase } from './find-merge-base.ts'

/** What decides what Argo CD applies. */
export const delivered = ['argocd', 'charts']

/**
 * A folder with `argocd/` and `charts/` as they are at the merge base, to be rendered like the checkout itself. Nothing
 * where there is no base, and where the checkout does not differ from it.
 */
export async function openBase(root: string): Promise<string | undefined> {
  const commit = await findMergeBase(root)
  if (commit === undefined || !(await differs(root, commit))) return undefined
  return extractTree(join(root, '.opencore', 'base'), { repository: root, commit, paths: delivered })
}

async function differs(root: string, base: string): Promise<boolean> {
  const compare = ['diff', '--quiet', base, '--', ...delivered]
  const untracked = ['ls-files', '--others', '--exclude-standard', '--', ...delivered]
  const [compared, listed] = await Promise.all([
    execaGit('git', compare, { cwd: root, reject: false }),
    execaGit('git', untracked, { cwd: root }),
  ])
  return compared.exitCode !== 0 || listed.stdout !== ''
}
