import { listTree } from '../files/list-tree.ts'

/** Every file below `argocd/`: the generator owns them all, so one that no plan names is stale. */
export async function listGenerated(root: string): Promise<string[]> {
  const entries = await listTree(root, 'argocd')
  return entries.flatMap(({ path, kind }) => (kind === 'folder' ? [] : [path]))
}
