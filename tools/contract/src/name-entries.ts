import { isObject, omit, type JsonSchema } from './json-schema.ts'

/**
 * What a map's `propertyNames` say, as `patternProperties`, which mean the same. Of `propertyNames` Helm's validator
 * names a random place: it keeps a slice that it goes on writing to (`verr.InstanceLocation = vd.vloc`,
 * santhosh-tekuri/jsonschema v6.0.3, validator.go:296), so the key of one map is said to be wrong in another.
 */
export function nameEntries(map: JsonSchema): JsonSchema {
  const names = map['propertyNames']
  if (!isObject(names)) return map
  const { pattern, maxLength, not } = names
  const entries = map.additionalProperties ?? true
  const refused = [
    ...(typeof maxLength === 'number' ? [longerThan(maxLength)] : []),
    ...(isObject(not) && typeof not['pattern'] === 'string' ? [not['pattern']] : []),
  ]
  return {
    ...omit(map, ['propertyNames']),
    additionalProperties: typeof pattern === 'string' ? false : entries,
    patternProperties: Object.fromEntries([
      ...(typeof pattern === 'string' ? [[pattern, entries] as const] : []),
      ...refused.map((names) => [names, false] as const),
    ]),
  }
}

/** The schema of a map's values, by whatever names; none where keys are fixed, or values may be anything. */
export function entrySchema({ additionalProperties, patternProperties }: JsonSchema): JsonSchema | undefined {
  return [additionalProperties, ...Object.values(patternProperties ?? {})].find(isObject)
}

/** What a key must be, by the `patternProperties` of its map. */
export function describeNames({ patternProperties = {} }: JsonSchema): string | undefined {
  const pattern = Object.keys(patternProperties).find((names) => patternProperties[names] !== false)
  return pattern === undefined ? undefined : `a key that matches ${pattern}`
}

/** What a key must not be: the pattern by which a map refuses it. */
export function describeRefusedNames(pattern: string): string {
  const length = /^\.\{(\d+)\}$/.exec(pattern)?.[1]
  return length === undefined
    ? `a key that does not match ${pattern}`
    : `a key of ${Number(length) - 1} characters or less`
}

const longerThan = (length: number) => `.{${length + 1}}`
