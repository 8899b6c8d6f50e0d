import type { Finding } from '@opencore/contract'
import type { ClusterView } from './cluster-view.ts'

/** One rule across objects: what admission, which sees one object at a time, cannot tell. */
export interface Rule {
  /** Stable; the code of its findings. */
  id: string
  /** What goes wrong on a running platform when the rule is broken; one sentence. */
  reason: string
  check(cluster: ClusterView): Finding[]
}
