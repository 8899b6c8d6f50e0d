import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { extractTree } from './extract-tree.ts'
import { delivered } from './open-base.ts'

/**
 * Do something with `argocd/` and `charts/` of commits, which are on disk for as long as that takes: in a folder of its own,
 * so that two at once do not take each other's away.
 * @param use is given what brings a commit's to disk, and gives their folder
 */
export async function withSourcesOf<T>(
  root: string,
  use: (extract: (commit: string) => Promise<string>) => Promise<T>,
): Promise<T> {
  const parent = join(root, '.opencore', 'sources')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'commits-'))
  try {
    return await use((commit) =>
      extractTree(join(folder, commit), { repository: root, commit, paths: delivered }),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
