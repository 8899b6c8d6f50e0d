import type { ChartName, ChartValues } from '../generated/index.ts'
import type { Append, MergeBy, Remove, Replace } from './merge-operators.ts'

/**
 * What one layer may say about a chart's values: any part of them, and instead of a list or a map a
 * merge operator. Use with `satisfies`, so that the literal stays a literal: its positions are read from source.
 */
export type Values<Chart extends ChartName> = Layer<ChartValues[Chart]>

/** Any part of a value, at any depth. */
export type Layer<Value> = Value extends readonly (infer Item)[]
  ? ListLayer<Item>
  : Value extends object
    ? { readonly [Key in keyof Value]?: Layer<Value[Key]> | OperatorFor<Value[Key]> }
    : Value

/** A list is given whole, because lists replace; the items that `mergeBy` names may be partial. */
type ListLayer<Item> = readonly Frozen<Item>[]

type OperatorFor<Value> =
  | Remove
  | (Value extends readonly (infer Item)[]
      ? Append<Frozen<Item>> | MergeBy<Layer<Item>> | Replace<readonly Frozen<Item>[]>
      : Value extends object
        ? Replace<Frozen<Value>>
        : never)

/** The same value, read-only at every depth: what `as const` and `const` type parameters infer. */
type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value
