import { isObject, omit, type JsonSchema } from './json-schema.ts'

/**
 * The same schema with each repeated definition kept once, under the shortest of its names, and the rest sorted
 * by name. CRDs repeat whole subtrees inline; a chart need not carry HTTPRoute's filters twice.
 */
export function mergeEqualDefinitions(schema: JsonSchema): JsonSchema {
  for (;;) {
    const aliases = findAliases(schema.definitions ?? {})
    if (aliases.size === 0) break
    schema = renameReferences(schema, aliases)
    schema.definitions = Object.fromEntries(
      Object.entries(schema.definitions ?? {}).filter(([name]) => !aliases.has(name)),
    )
  }
  const definitions = Object.entries(schema.definitions ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const rest = omit(schema, ['definitions'])
  return definitions.length > 0 ? { ...rest, definitions: Object.fromEntries(definitions) } : rest
}

/** From each superfluous name to the one that stays. */
function findAliases(definitions: Record<string, JsonSchema>): Map<string, string> {
  const byText = new Map<string, string[]>()
  for (const [name, definition] of Object.entries(definitions)) {
    const text = JSON.stringify(definition)
    byText.set(text, [...(byText.get(text) ?? []), name])
  }
  const aliases = new Map<string, string>()
  for (const names of byText.values()) {
    const [kept, ...others] = names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    if (kept !== undefined) others.forEach((other) => aliases.set(other, kept))
  }
  return aliases
}

/** The same schema with its references to definitions led elsewhere: from each name in the map to its value. */
export function renameReferences<Value>(value: Value, aliases: ReadonlyMap<string, string>): Value {
  if (Array.isArray(value)) return value.map((item: unknown) => renameReferences(item, aliases)) as Value
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const kept =
        key === '$ref' && typeof inner === 'string'
          ? aliases.get(inner.replace('#/definitions/', ''))
          : undefined
      return [key, kept === undefined ? renameReferences(inner, aliases) : `#/definitions/${kept}`]
    }),
  ) as Value
}
