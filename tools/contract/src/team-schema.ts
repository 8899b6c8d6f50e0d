import { isGroup, type Contract } from './contract.ts'
import { isObject, omit, type JsonSchema } from './json-schema.ts'

/**
 * What an editor may offer in a team's override file: the chart's schema without the keys of other owners.
 * Nothing is required, because an override is one layer of several.
 */
export function teamSchema({ chart, schema }: Contract): JsonSchema {
  const { definitions = {}, ...root } = omit(schema, ['$comment'])
  const own = keepTeam({ ...root, description: `What a team may set of a release of the chart ${chart}.` })
  const used = collectUsed(own, definitions)
  const kept = Object.entries(definitions).filter(([name]) => used.has(name))
  return kept.length > 0 ? { ...own, definitions: Object.fromEntries(kept) } : own
}

function keepTeam(group: JsonSchema): JsonSchema {
  const entries = Object.entries(group.properties ?? {}).flatMap(([key, schema]) => {
    if (!isGroup(schema))
      return schema['x-opencore-owner'] === 'team' ? [[key, keepInside(schema)] as const] : []
    const inner = keepTeam(schema)
    return Object.keys(inner.properties ?? {}).length > 0 ? [[key, inner] as const] : []
  })
  return {
    ...omit(group, ['required', 'if', 'then', 'else', 'allOf']),
    properties: Object.fromEntries(entries),
  }
}

/** A map without the names, and the keys of its values, that are another's. */
function keepInside(map: JsonSchema): JsonSchema {
  const teamNames = map['x-opencore-team-names']
  const { additionalProperties, patternProperties } = map
  if (typeof teamNames === 'string')
    return {
      ...map,
      additionalProperties: false,
      patternProperties: { [teamNames]: additionalProperties ?? true },
    }
  const keepEntry = <T>(entry: T): T => {
    if (!isObject(entry) || !isObject(entry['properties'])) return entry
    const own = Object.entries(entry['properties']).filter(
      ([, inner]) => !isObject(inner) || (inner['x-opencore-owner'] ?? 'team') === 'team',
    )
    return { ...entry, properties: Object.fromEntries(own) }
  }
  return {
    ...map,
    ...(additionalProperties !== undefined && { additionalProperties: keepEntry(additionalProperties) }),
    ...(patternProperties && {
      patternProperties: Object.fromEntries(
        Object.entries(patternProperties).map(([names, entry]) => [names, keepEntry(entry)]),
      ),
    }),
  }
}

/** Names of the definitions that a schema refers to, also through one another. */
export function collectUsed(
  schema: unknown,
  definitions: Record<string, JsonSchema>,
  used = new Set<string>(),
): Set<string> {
  if (Array.isArray(schema)) schema.forEach((item) => collectUsed(item, definitions, used))
  if (!isObject(schema)) return used
  for (const [key, value] of Object.entries(schema)) {
    const name = key === '$ref' && typeof value === 'string' ? value.replace('#/definitions/', '') : undefined
    if (name === undefined) collectUsed(value, definitions, used)
    else if (!used.has(name)) collectUsed(definitions[name], definitions, used.add(name))
  }
  return used
}
