import type { JsonObject } from './json-schema.ts'

/** Who may set a key: the platform team, the team of the service, or nobody because the graph derives it. */
export type Owner = 'platform' | 'team' | 'graph'

export const ownerNames: readonly Owner[] = ['platform', 'team', 'graph']

export const isOwner = (value: unknown): value is Owner => ownerNames.includes(value as Owner)

/** One key of a chart's values that can be set: a scalar, a list, a map, or a passed-through Kubernetes field. */
export interface Leaf {
  /** JSON Pointer in the chart's values, such as `/service/port`. */
  pointer: string
  owner: Owner
  description: string
  /** What inside it belongs to somebody else: keys of each value of a map. */
  inside?: Readonly<Record<string, Owner>>
  /** Of a map that is the team's: the names that it may set, as a pattern; others are the platform's. */
  teamNames?: string
  /** What a number counts, such as `bytes` or `seconds`. */
  unit?: string
  /** For graph keys: what it is derived from. */
  derivation?: string
  /** A patch that lies over the `spec` of each object that the chart renders of a kind, or such patches by objects' names. */
  patch?: 'each' | 'named'
  /** None where the chart sets nothing. */
  default?: unknown
  examples: unknown[]
  /** Values, rooted at the chart, that must also be set for the example to have an effect. */
  with: JsonObject
}
