/**
 * Layers merge by maps-merge, lists-replace. A layer that means something else says so with one of these.
 * They are plain frozen data under a registered symbol, so that copies of this package agree on them.
 */
export const operator: unique symbol = Symbol.for('opencore.operator')

export interface Append<Item> {
  readonly [operator]: 'append'
  readonly items: readonly Item[]
}
export interface MergeBy<Item> {
  readonly [operator]: 'mergeBy'
  readonly key: string
  readonly items: readonly Item[]
}
export interface Replace<Value> {
  readonly [operator]: 'replace'
  readonly value: Value
}
export interface Remove {
  readonly [operator]: 'remove'
}
export type MergeOperator = Append<unknown> | MergeBy<unknown> | Replace<unknown> | Remove

/** The list of weaker layers, then these items. */
export function append<const Item>(items: readonly Item[]): Append<Item> {
  return Object.freeze({ [operator]: 'append', items } as const)
}

/** The list of weaker layers; an item that equals one of these in `key` is merged with it, others follow. */
export function mergeBy<const Item>(key: keyof Item & string, items: readonly Item[]): MergeBy<Item> {
  return Object.freeze({ [operator]: 'mergeBy', key, items } as const)
}

/** This value alone, where weaker layers would have been merged with it. */
export function replace<const Value>(value: Value): Replace<Value> {
  return Object.freeze({ [operator]: 'replace', value } as const)
}

/** Nothing: what weaker layers set here is gone. A chart's default is switched off by a value, not by this. */
export function remove(): Remove {
  return Object.freeze({ [operator]: 'remove' } as const)
}

export function isMergeOperator(value: unknown): value is MergeOperator {
  return typeof value === 'object' && value !== null && operator in value
}
