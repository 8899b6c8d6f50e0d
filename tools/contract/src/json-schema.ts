/** A JSON Schema (draft-07) or OpenAPI v3 schema: the keywords this package reads, and any other. */
export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  description?: string
  default?: unknown
  examples?: unknown[]
  enum?: unknown[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  patternProperties?: Record<string, boolean | JsonSchema>
  items?: JsonSchema
  allOf?: JsonSchema[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  definitions?: Record<string, JsonSchema>
  [keyword: string]: unknown
}

/** A plain object of JSON or YAML: no list, no null. */
export type JsonObject = Record<string, unknown>

/** The same object without some of its keys. */
export function omit<Value extends object>(value: Value, keys: readonly string[]): Value {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) as Value
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
