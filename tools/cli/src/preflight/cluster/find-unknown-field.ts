import { asList, asRecord, isRecord } from '@opencore/verify'

type Schema = Readonly<Record<string, unknown>>

/** The path of the first field of a value that a structural schema does not have: the API server would drop or refuse it. */
export function findUnknownField(
  schema: Schema,
  value: unknown,
  path: readonly string[] = [],
): string | undefined {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return undefined
  if (Array.isArray(value))
    return first(asList(value), (item) => findUnknownField(asRecord(schema['items']), item, path))
  if (!isRecord(value)) return undefined
  const properties = asRecord(schema['properties'])
  const others = schema['additionalProperties']
  return first(Object.entries(value), ([key, inner]) => {
    const known = properties[key] ?? others
    if (known === undefined) return [...path, key].join('.')
    return findUnknownField(asRecord(known), inner, [...path, key])
  })
}

function first<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
