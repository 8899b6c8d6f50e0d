import type { DiskRelease } from '@opencore/renderer'

/** What runs: a folder like a checkout, with `argocd/` and `charts/` of the merge base, and its releases. */
export interface Base {
  root: string
  releases: readonly DiskRelease[]
}
