import { isObject, type JsonObject } from './json-schema.ts'

/** Values as Helm merges them: maps merge, everything else of the stronger side replaces. Neither side changes. */
export function mergeValues(weaker: JsonObject, stronger: JsonObject): JsonObject {
  const merged = { ...weaker }
  for (const [key, value] of Object.entries(stronger)) {
    const below = merged[key]
    merged[key] = isObject(below) && isObject(value) ? mergeValues(below, value) : value
  }
  return merged
}
