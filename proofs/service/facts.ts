import type { JsonObject } from '@opencore/contract'

/** Facts of a release, such as `limits.memory` -> `1Gi`. */
export type Facts = Record<string, string | number | boolean>

/** The parts of rendered objects that facts come from; all else is left alone. */
export interface Manifest {
  kind: string
  metadata: { name: string; annotations?: Record<string, string> }
  spec: JsonObject
}
export interface Port {
  containerPort: number
  name?: string
  protocol?: string
}

/** The same facts, each key under a name. */
export function prefixed(name: string, facts: Facts = {}): Facts {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [`${name}.${key}`, value]))
}
