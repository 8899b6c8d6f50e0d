import type { PlannedFile } from '@opencore/contract'
import { execaGit } from '@opencore/delivery'
import { findMergeBase } from './find-merge-base.ts'
import { nameContent } from './name-content.ts'

/**
 * `argocd/**` at the merge base of HEAD and the main branch: what runs, as far as git knows. Empty where there is
 * no main branch yet. Refuses as `findMergeBase` does.
 * @param planned whose texts git is not asked for where it names the same by their content
 */
export async function readBaseTree(root: string, planned: readonly PlannedFile[]): Promise<PlannedFile[]> {
  const base = await findMergeBase(root)
  if (base === undefined) return []
  const git = async (args: string[], input = '') => (await execaGit('git', args, { cwd: root, input })).stdout
  const tree = await git(['ls-tree', '-r', '-z', base, '--', 'argocd'])
  const texts = new Map(planned.map(({ path, text }) => [path, text]))
  // Each is `<mode> blob <id>`, a tab, the path.
  const entries = tree
    .split('\0')
    .filter(Boolean)
    .map((entry) => {
      const [about = '', path = ''] = entry.split(/\t(.*)/s)
      const id = about.split(' ')[2] ?? ''
      const text = texts.get(path)
      return { path, text: text !== undefined && nameContent(text, id.length) === id ? text : undefined }
    })
  const others = entries.filter(({ text }) => text === undefined).map(({ path }) => path)
  const read = new Map((await readFiles(git, base, others)).map(({ path, text }) => [path, text]))
  return entries.map(({ path, text }) => ({ path, text: text ?? read.get(path) ?? '' }))
}

async function readFiles(
  git: (args: string[], input?: string) => Promise<string>,
  base: string,
  paths: readonly string[],
): Promise<PlannedFile[]> {
  if (paths.length === 0) return []
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
