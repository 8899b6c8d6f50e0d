import type { KubernetesObject } from '@opencore/cluster'
import type { Row, Seen } from './row.ts'

/** Objects that a check asks for: one by name, or all of a kind. */
export interface Query {
  apiVersion: string
  kind: string
  namespace?: string
  name?: string
  labelSelector?: string
}

/** What was read: no object where there is none of that name, or where the kind is not served. */
export type Answers = (query: Query) => Seen<readonly KubernetesObject[]>

/** One thing that a preflight looks at. Both functions are pure: what is read in between is read for all checks at once. */
export interface Check<Wanted> {
  reads: (wanted: Wanted) => readonly Query[]
  rows: (wanted: Wanted, answers: Answers) => readonly Row[]
}
