import { execa } from 'execa'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface ExtractedTree {
  /** A checkout or a bare repository. */
  repository: string
  commit: string
  /** Files and folders of the commit. */
  paths: readonly string[]
}

/**
 * The files of a commit in `<parent>/<commit>`, kept for as long as nobody asks for another commit there. The
 * repository's own index is not touched.
 */
export async function extractTree(
  parent: string,
  { repository, commit, paths }: ExtractedTree,
): Promise<string> {
  const kept = join(parent, commit)
  if (existsSync(kept)) return kept
  await mkdir(parent, { recursive: true })
  for (const old of await readdir(parent)) await rm(join(parent, old), { recursive: true, force: true })
  const draft = await mkdtemp(join(dirname(kept), 'draft-'))
  const index = join(draft, '.index')
  const git = (args: readonly string[], input = '') =>
    execa('git', args, { cwd: repository, env: { GIT_INDEX_FILE: index }, input })
  await git(['read-tree', commit])
  const { stdout: names } = await git(['ls-files', '-z', '--', ...paths])
  // A bare repository has no folder to check out into, so here is one.
  await git(['--work-tree', draft, 'checkout-index', '-z', '--stdin', `--prefix=${draft}/`], names)
  await rm(index)
  await rename(draft, kept)
  return kept
}
