import { parseApiReference, type ApiReference } from './api-reference.ts'
import { isObject, type JsonObject } from './json-schema.ts'

/** A field of an API that a value of a chart is about. */
export interface FieldReference extends ApiReference {
  /** The value, with dots; an entry of a map is `<name>`. */
  value: string
  /** `$ref`: the value has its shape. `sets`: the value says so (`x-opencore-sets`). `patch`: the value lies over it. */
  by: '$ref' | 'sets' | 'patch'
  /** `x-opencore-change` of the value or of the nearest group above it. */
  change: unknown
}

/**
 * Every field of an API that values are about, in the order of the file; nothing of what is inside lists.
 * @param root a values.schema.yaml, already free of the mistakes that `checkSource` finds
 */
export function listReferences(root: JsonObject): FieldReference[] {
  return walk(root, [], undefined)
}

function walk(schema: JsonObject, value: readonly string[], above: unknown): FieldReference[] {
  const change = schema['x-opencore-change'] ?? above
  const at = { value: value.join('.'), change }
  const sets = schema['x-opencore-sets']
  const own = schema['x-opencore-patch'] === true ? 'patch' : '$ref'
  const inner = [
    ...Object.entries(isObject(schema['properties']) ? schema['properties'] : {}),
    ['<name>', schema['additionalProperties']] as const,
  ]
  return [
    ...read([schema['$ref']]).map((reference) => ({ ...reference, ...at, by: own }) as const),
    ...read(Array.isArray(sets) ? sets : []).map(
      (reference) => ({ ...reference, ...at, by: 'sets' }) as const,
    ),
    ...inner.flatMap(([key, of]) => (isObject(of) ? walk(of, [...value, key], change) : [])),
  ]
}

function read(references: readonly unknown[]): ApiReference[] {
  return references.flatMap((reference) => {
    const parsed = typeof reference === 'string' ? parseApiReference(reference) : { code: 'none' }
    return 'code' in parsed ? [] : [parsed]
  })
}
