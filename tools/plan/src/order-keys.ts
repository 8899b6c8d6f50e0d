import { entrySchema, type JsonSchema } from '@opencore/contract'
import { resolveReference, type Json } from '@opencore/model'

/**
 * The same value with its keys in an order that no layer can change: as the schema lists them, and what it does not
 * list (the keys of maps) by name after that.
 */
export function orderKeys(value: Json, schema: JsonSchema): Json {
  return order(value, schema, schema.definitions ?? {})
}

type Definitions = NonNullable<JsonSchema['definitions']>

function order(value: Json, schema: JsonSchema | undefined, definitions: Definitions): Json {
  const known = resolveReference(schema, definitions)
  if (isList(value)) return value.map((item) => order(item, known?.items, definitions))
  if (typeof value !== 'object' || value === null) return value
  const properties = known?.properties ?? {}
  const rank = new Map(Object.keys(properties).map((key, index) => [key, index]))
  const others = known && entrySchema(known)
  const keys = Object.keys(value).sort(
    (a, b) => (rank.get(a) ?? Infinity) - (rank.get(b) ?? Infinity) || (a < b ? -1 : 1),
  )
  return Object.fromEntries(
    keys.map((key) => [
      key,
      order(value[key] as Json, rank.has(key) ? properties[key] : others, definitions),
    ]),
  )
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
