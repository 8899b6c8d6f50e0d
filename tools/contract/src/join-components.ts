import type { Contract } from './contract.ts'
import { isObject, omit, type JsonSchema } from './json-schema.ts'
import { mergeEqualDefinitions, renameReferences } from './merge-equal-definitions.ts'
import { valuesTypeName } from './print-types.ts'

/** Between a component and the name of its definition, until it is clear which names need the component. */
const separator = ':'

/**
 * The whole schema of an umbrella: each component's key holds what that component's own schema says, where Helm
 * needs no more than a switch. For editors and types; nothing is required, since a component that is off needs nothing.
 * @param components contracts by the keys under which the umbrella has their values
 */
export function joinComponents(umbrella: Contract, components: ReadonlyMap<string, Contract>): JsonSchema {
  const properties = omit(umbrella.schema.properties ?? {}, ['enabled'])
  const definitions: Record<string, JsonSchema> = {}
  for (const [key, { schema }] of components) {
    const names = Object.keys(schema.definitions ?? {})
    const own = renameReferences(schema, new Map(names.map((name) => [name, `${key}${separator}${name}`])))
    for (const [name, definition] of Object.entries(own.definitions ?? {}))
      definitions[`${key}${separator}${name}`] = definition
    const type = `${key}${separator}${valuesTypeName(key)}`
    definitions[type] = readRoot(own, properties[key]?.properties?.['enabled'] ?? {})
    properties[key] = {
      description: properties[key]?.description ?? '',
      allOf: [{ $ref: `#/definitions/${type}` }],
    }
  }
  return shortenNames(
    mergeEqualDefinitions({ ...omit(umbrella.schema, ['$comment']), properties, definitions }),
  )
}

/** A component's root as one of many: with the umbrella's switch, without what only a chart alone is asked for. */
function readRoot(root: JsonSchema, enabled: JsonSchema): JsonSchema {
  const kept = omit(root, ['$schema', '$comment', 'title', 'definitions', 'required', 'x-opencore-with'])
  return { ...kept, properties: { enabled, ...omit(root.properties ?? {}, ['global', 'enabled']) } }
}

/** A definition goes by its own name, and where two components mean different things by it, with the component's. */
function shortenNames(schema: JsonSchema): JsonSchema {
  const full = Object.keys(schema.definitions ?? {})
  const short = (name: string) => name.slice(name.indexOf(separator) + 1)
  const renames = new Map(
    full.map((name) => {
      const others = full.filter((other) => short(other) === short(name))
      const component = valuesTypeName(name.slice(0, name.indexOf(separator))).replace(/Values$/, '')
      return [name, others.length > 1 ? `${component}${short(name)}` : short(name)]
    }),
  )
  const { definitions = {}, ...rest } = renameReferences(schema, renames)
  const entries = Object.entries(isObject(definitions) ? definitions : {})
  const named = entries.map(([name, definition]) => [renames.get(name) ?? name, definition] as const)
  return { ...rest, definitions: Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1))) }
}
