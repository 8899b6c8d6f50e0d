import { isObject, type JsonObject, type JsonSchema } from './json-schema.ts'
import { mergeValues } from './merge-values.ts'
import { entrySchema } from './name-entries.ts'
import type { Leaf, Owner } from './owner.ts'
import { toPointer } from './pointer.ts'

/** Everything that a chart's compiled schema says about its values. */
export interface Contract {
  chart: string
  /** draft-07, without remote references. The same object each time, so that validators can be cached by it. */
  schema: JsonSchema
  /** In schema order. */
  leaves: Leaf[]
  /** Owner by JSON Pointer: of each leaf, and of each group whose leaves all have the same. */
  owners: Record<string, Owner>
  /** The values of a plain `helm install`, as in values.yaml. */
  defaults: JsonObject
}

/**
 * The contract that a generated `values.schema.json` states.
 * @param chart the chart's name
 * @param schema the parsed file
 */
export function readContract(chart: string, schema: JsonSchema): Contract {
  const contract: Contract = { chart, schema, leaves: [], owners: {}, defaults: {} }
  contract.defaults = readGroup(schema, [], {}, contract).defaults
  return contract
}

/** A group is an object with fixed keys; whatever else is set as a whole. */
export function isGroup(
  schema: JsonSchema,
): schema is JsonSchema & { properties: Record<string, JsonSchema> } {
  return isObject(schema.properties)
}

/** `above`: what the groups around this one say must also be set for an example to have an effect. */
function readGroup(
  group: JsonSchema,
  path: string[],
  above: JsonObject,
  contract: Contract,
): { defaults: JsonObject; owners: Set<Owner> } {
  const defaults: JsonObject = {}
  const owners = new Set<Owner>()
  const needed = addNeeded(above, group)
  for (const [key, schema] of Object.entries(group.properties ?? {})) {
    const at = [...path, key]
    if (isGroup(schema)) {
      const inner = readGroup(schema, at, needed, contract)
      defaults[key] = inner.defaults
      inner.owners.forEach((owner) => owners.add(owner))
      const [only, ...others] = inner.owners
      if (only && others.length === 0) contract.owners[toPointer(at)] = only
    } else if (schema['x-opencore-owner'] !== undefined) {
      const leaf = readLeaf(schema, toPointer(at), needed)
      contract.leaves.push(leaf)
      contract.owners[leaf.pointer] = leaf.owner
      owners.add(leaf.owner)
      if (leaf.teamNames !== undefined) owners.add('platform')
      Object.values(leaf.inside ?? {}).forEach((owner) => owners.add(owner))
      if (leaf.default !== undefined) defaults[key] = leaf.default
    }
  }
  return { defaults, owners }
}

function addNeeded(above: JsonObject, schema: JsonSchema): JsonObject {
  return mergeValues(above, (schema['x-opencore-with'] ?? {}) as JsonObject)
}

function readLeaf(schema: JsonSchema, pointer: string, above: JsonObject): Leaf {
  return {
    pointer,
    owner: schema['x-opencore-owner'] as Owner,
    description: schema.description ?? '',
    ...(schema['x-opencore-unit'] !== undefined && { unit: schema['x-opencore-unit'] as string }),
    ...(schema['x-opencore-derivation'] !== undefined && {
      derivation: schema['x-opencore-derivation'] as string,
    }),
    ...readPatch(schema),
    ...readInside(schema),
    ...(schema.default !== undefined && { default: schema.default }),
    examples: schema.examples ?? [],
    with: addNeeded(above, schema),
  }
}

/** A map has one owner, and keys of its values may have another. */
function readInside(schema: JsonSchema): Pick<Leaf, 'inside' | 'teamNames'> {
  const own = schema['x-opencore-owner']
  const inside = Object.entries(entrySchema(schema)?.properties ?? {}).flatMap(([key, inner]) => {
    const owner = isObject(inner) ? inner['x-opencore-owner'] : undefined
    return owner === undefined || owner === own ? [] : [[key, owner as Owner] as const]
  })
  const teamNames = schema['x-opencore-team-names']
  return {
    ...(inside.length > 0 && { inside: Object.fromEntries(inside) }),
    ...(typeof teamNames === 'string' && { teamNames }),
  }
}

/** A map is no patch itself; its values may be. */
function readPatch(schema: JsonSchema): Pick<Leaf, 'patch'> {
  if (schema['x-opencore-patch'] === true) return { patch: 'each' }
  const inner = schema.additionalProperties
  return isObject(inner) && inner['x-opencore-patch'] === true ? { patch: 'named' } : {}
}
