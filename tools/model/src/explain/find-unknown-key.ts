import { entrySchema, type JsonSchema } from '@opencore/contract'
import type { Path } from '../json.ts'
import { resolveReference } from './resolve-reference.ts'

/**
 * The first step of a path that a schema does not know, with the keys that it knows there; undefined when it knows all.
 * Where a schema leaves the keys open, or offers alternatives, every step is known.
 */
export function findUnknownKey(schema: JsonSchema, path: Path): { path: Path; known: string[] } | undefined {
  const definitions = schema.definitions ?? {}
  let at: JsonSchema | undefined = schema
  for (const [index, step] of path.entries()) {
    at = resolveReference(at, definitions)
    if (!at) return undefined
    const inner: JsonSchema | undefined = enter(at, String(step))
    if (!inner && at.properties && !entrySchema(at))
      return { path: path.slice(0, index + 1), known: Object.keys(at.properties) }
    at = inner
  }
  return undefined
}

function enter(schema: JsonSchema, step: string): JsonSchema | undefined {
  const { properties = {}, items } = schema
  return Object.hasOwn(properties, step) ? properties[step] : (entrySchema(schema) ?? items)
}
