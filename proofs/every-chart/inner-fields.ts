import {
  entrySchema,
  fromPointer,
  isObject,
  type JsonObject,
  type JsonSchema,
  type Leaf,
} from '@opencore/contract'

/** A field of the entries of a map or list that is set as a whole; `*` stands for each entry. */
export interface InnerField {
  pattern: readonly string[]
  schema: JsonSchema
  examples: readonly unknown[]
}

/** Every field of our own below a leaf; what comes from an API by reference is that API's. */
export function listInnerFields(root: JsonSchema, { pointer }: Leaf): InnerField[] {
  const path = fromPointer(pointer)
  const schema = path.reduce<JsonSchema | undefined>((at, key) => at?.properties?.[key], root)
  return schema ? listBelow(schema, path) : []
}

function listBelow(schema: JsonSchema, pattern: readonly string[]): InnerField[] {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    const at = [...pattern, key]
    return [{ pattern: at, schema: inner, examples: inner.examples ?? [] }, ...listBelow(inner, at)]
  })
  const entries = [entrySchema(schema), schema.items].filter((entry) => entry !== undefined)
  return [...fields, ...entries.flatMap((entry) => listBelow(entry, [...pattern, '*']))]
}

/** Where in values a pattern leads to, with each entry that is there; the steps behind the last `*` may be missing. */
export function listPlaces(values: unknown, pattern: readonly string[]): string[][] {
  const [key, ...rest] = pattern
  if (key === undefined || !pattern.includes('*')) return [[...pattern]]
  if (typeof values !== 'object' || values === null) return []
  const keys = key === '*' ? Object.keys(values) : key in values ? [key] : []
  return keys.flatMap((own) => listPlaces(Reflect.get(values, own), rest).map((place) => [own, ...place]))
}

/** The values with another at a place, or without one; maps that are not there are made. */
export function setAt(values: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  const copy: object = Array.isArray(values)
    ? [...(values as unknown[])]
    : isObject(values)
      ? { ...values }
      : {}
  const set = setAt(Reflect.get(copy, key), rest, value)
  if (set === undefined) Reflect.deleteProperty(copy, key)
  else Reflect.set(copy, key, set)
  return copy
}

/** What is rendered twice, with the field and without. */
export interface Trial {
  field: string
  with: JsonObject
  without: JsonObject
}

/** For each field a few trials: what values have already, and its examples in the entries of these values. */
export function listTrials(fields: readonly InnerField[], bases: readonly JsonObject[]): Trial[] {
  return fields.flatMap(({ pattern, examples }) => {
    const places = bases.flatMap((base) => listPlaces(base, pattern).map((place) => ({ base, place })))
    const own = places.flatMap(({ base, place }) =>
      valueIn(base, place) === undefined ? [] : { base, place, value: valueIn(base, place) },
    )
    const tried = places.flatMap((at) => examples.map((value) => ({ ...at, value })))
    return [...own, ...tried].slice(0, TRIALS).map(({ base, place, value }) => ({
      field: pattern.join('.'),
      with: setAt(base, place, value) as JsonObject,
      without: setAt(base, place, undefined) as JsonObject,
    }))
  })
}

function valueIn(values: unknown, place: readonly string[]): unknown {
  return place.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    values,
  )
}

/** One that changes what is rendered is enough, and most do at once. */
const TRIALS = 24
