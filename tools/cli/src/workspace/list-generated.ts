import { glob } from 'tinyglobby'

/** Every file below `argocd/`: the generator owns them all, so one that no plan names is stale. */
export function listGenerated(root: string): Promise<string[]> {
  return glob('argocd/**', { cwd: root, dot: true })
}
