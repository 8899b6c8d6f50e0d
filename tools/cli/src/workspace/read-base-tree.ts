import type { PlannedFile } from '@opencore/contract'
import { execa } from 'execa'
import { findMergeBase } from './find-merge-base.ts'

/**
 * `argocd/**` at the merge base of HEAD and the main branch: what runs, as far as git knows. Empty where there is
 * no main branch yet. Refuses as `findMergeBase` does.
 */
export async function readBaseTree(root: string): Promise<PlannedFile[]> {
  const base = await findMergeBase(root)
  if (base === undefined) return []
  const git = async (args: string[], input = '') => (await execa('git', args, { cwd: root, input })).stdout
  const names = await git(['ls-tree', '-r', '--name-only', base, '--', 'argocd'])
  return readFiles(git, base, names.split('\n').filter(Boolean))
}

async function readFiles(
  git: (args: string[], input?: string) => Promise<string>,
  base: string,
  paths: readonly string[],
): Promise<PlannedFile[]> {
  const batch = await git(['cat-file', '--batch'], paths.map((path) => `${base}:${path}\n`).join(''))
  // Each answer is `<id> blob <bytes>`, a line break, the bytes, a line break; lengths count bytes.
  let rest = Buffer.from(batch)
  return paths.map((path) => {
    const end = rest.indexOf('\n')
    const size = Number(rest.subarray(0, end).toString().split(' ')[2])
    const text = rest.subarray(end + 1, end + 1 + size).toString()
    rest = rest.subarray(end + 2 + size)
    return { path, text }
  })
}
