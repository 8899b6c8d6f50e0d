import { isObject, type JsonSchema } from './json-schema.ts'

const schemaMaps = ['properties', 'patternProperties']
const schemas = ['items', 'additionalProperties', 'not']
const schemaLists = ['allOf', 'anyOf', 'oneOf']

/**
 * An API schema without its prose, so that a catalogue of every kind stays small: descriptions and
 * examples go, references to OpenAPI components become references to `definitions`.
 */
export function compactSchema(schema: JsonSchema): JsonSchema {
  const compact: JsonSchema = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'description' || keyword === 'example' || keyword === 'externalDocs') continue
    else if (keyword === '$ref')
      compact.$ref = String(value).replace('#/components/schemas/', '#/definitions/')
    else if (schemaMaps.includes(keyword) && isObject(value)) compact[keyword] = compactEach(value)
    else if (schemas.includes(keyword) && isObject(value)) compact[keyword] = compactSchema(value)
    else if (schemaLists.includes(keyword) && Array.isArray(value))
      compact[keyword] = (value as JsonSchema[]).map(compactSchema)
    else compact[keyword] = value
  }
  return compact
}

/** Property names are data (`description` is a legal one), so they are never taken for keywords. */
function compactEach(properties: Record<string, unknown>): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, compactSchema(schema as JsonSchema)]),
  )
}
