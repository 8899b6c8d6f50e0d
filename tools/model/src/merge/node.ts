import type { Json, Path } from '../json.ts'

/** One layer's part in a value: which layer, where in its object, and what it said there. */
export interface Contribution {
  /** Index in the list of layers that were merged; 0 is the weakest. */
  layer: number
  /** Where it stands inside that layer's values. */
  path: Path
  operator: 'set' | 'append' | 'mergeBy' | 'replace' | 'remove'
  /** What the layer says at this place; undefined for maps, whose entries speak for themselves, and for `remove`. */
  value?: Json | undefined
}

interface Traced {
  /** Every layer that said something here, weakest first. Never empty. */
  history: readonly Contribution[]
}

interface ScalarNode extends Traced {
  type: 'scalar'
  value: string | number | boolean | null
}

export interface ListNode extends Traced {
  type: 'list'
  items: readonly Node[]
}

export interface MapNode extends Traced {
  type: 'map'
  /** A `Map`, so that no key of a user can reach a prototype. */
  entries: ReadonlyMap<string, Node>
}

/** Something that a layer set and a stronger one took away. Kept for `explain`, never written. */
interface AbsentNode extends Traced {
  type: 'absent'
}

/** A merged value that remembers where each part of it came from. */
export type Node = ScalarNode | ListNode | MapNode | AbsentNode
