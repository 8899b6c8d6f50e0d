import type { Application } from './application.ts'

/** What the objects of an Application wait for, as far as anybody says it: a line each. */
export interface Troubles {
  /** What is refused, or has no node: no waiting mends it. */
  blocked: readonly string[]
  /** What operators wait for beside it, which need not be wrong. */
  waits: readonly string[]
}

/** Look at some Applications in this moment; by name. */
export type ReadTroubles = (applications: readonly Application[]) => Promise<ReadonlyMap<string, Troubles>>
