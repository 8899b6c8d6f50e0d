import type { JsonSchema } from '@opencore/contract'

/** Longer chains of references do not occur; a circle must not hang us. */
const longestChain = 20

/**
 * The schema that a local reference stands for, also where `allOf` wraps the reference so that its siblings count.
 * Undefined where it leads nowhere.
 */
export function resolveReference(
  schema: JsonSchema | undefined,
  definitions: Readonly<Record<string, JsonSchema>>,
  length = 0,
): JsonSchema | undefined {
  const ref = schema?.$ref ?? (schema?.allOf?.length === 1 ? schema.allOf[0]?.$ref : undefined)
  if (ref === undefined || length > longestChain) return schema
  return resolveReference(definitions[ref.replace('#/definitions/', '')], definitions, length + 1)
}
