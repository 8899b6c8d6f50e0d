import type { ApiCatalogue } from './api-catalogue.ts'
import { isObject, type JsonSchema } from './json-schema.ts'
import { didYouMean, findNearNames } from './near-name.ts'

/** A `$ref: k8s:<group>/<version>/<Kind>#/<field>/<field>`, taken apart. */
export interface ApiReference {
  /** `apps/v1/Deployment`, or `v1/Pod`. */
  kind: string
  /** Field names; `items` goes through a list, `additionalProperties` through a map. */
  path: string[]
}

/** Why a reference leads nowhere, as the two halves of a finding. */
export interface BrokenReference {
  code: 'SCHEMA_REFERENCE' | 'SCHEMA_API_KIND' | 'SCHEMA_API_FIELD'
  found: string
  wanted: string
}

const form = /^k8s:((?:[a-z0-9.-]+\/)?v[0-9a-z]+\/[A-Z][A-Za-z0-9]*)#\/(.+)$/

/** The parts of a reference, or why it is none. */
export function parseApiReference(ref: string): ApiReference | BrokenReference {
  const [, kind, path] = form.exec(ref) ?? []
  if (kind !== undefined && path !== undefined) return { kind, path: path.split('/') }
  return {
    code: 'SCHEMA_REFERENCE',
    found: `${ref} is no reference`,
    wanted: '`k8s:<group>/<version>/<Kind>#/<field>/<field>`, such as `k8s:v1/Pod#/spec/affinity`',
  }
}

/**
 * The schema that a reference leads to, as the catalogue has it, or where the way ends.
 * @param named whether the path goes through a list by the name of an item
 */
export function resolveApiReference(
  { kind, path }: ApiReference,
  apis: ApiCatalogue,
  { named = false }: { named?: boolean } = {},
): JsonSchema | BrokenReference {
  const root = apis.kinds[kind]
  if (!root) return unknownKind(kind, apis)
  let at = root.schema
  for (const [depth, name] of path.entries()) {
    const schema = followApi(at, apis)
    const next = stepInto(schema, named && schema.items ? 'items' : name)
    if (!next) return unknownField(`${kind}#/${path.slice(0, depth).join('/')}`, name, schema)
    at = next
  }
  return at
}

/** A schema behind its references; Kubernetes wraps them as `allOf` of one to add a description or default. */
export function followApi(schema: JsonSchema, apis: Pick<ApiCatalogue, 'definitions'>): JsonSchema {
  const ref = schema.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0]?.$ref : undefined)
  const target = ref === undefined ? undefined : apis.definitions[ref.replace('#/definitions/', '')]
  return target ? followApi(target, apis) : schema
}

function stepInto(schema: JsonSchema, name: string): JsonSchema | undefined {
  const property = schema.properties?.[name]
  if (property) return property
  if (name === 'items') return schema.items
  if (name === 'additionalProperties' && isObject(schema.additionalProperties))
    return schema.additionalProperties
  return undefined
}

function unknownKind(kind: string, { kinds, skipped }: ApiCatalogue): BrokenReference {
  const unreachable = skipped.map(({ source, reason }) => `${source} (${reason})`).join(', ')
  const near = didYouMean(findNearNames(kind, Object.keys(kinds)), '')
  return {
    code: 'SCHEMA_API_KIND',
    found: `kind ${kind} is in no API definition${unreachable && `; skipped: ${unreachable}`}`,
    wanted: near ?? 'a kind of a source in tools/contract/apis.yaml',
  }
}

function unknownField(at: string, name: string, schema: JsonSchema): BrokenReference {
  const names = Object.keys(schema.properties ?? {})
  const through = schema.items
    ? '`items`, to go through the list'
    : '`additionalProperties`, to go through the map'
  const inside = names.length > 0 ? `one of ${names.join(', ')}` : through
  return {
    code: 'SCHEMA_API_FIELD',
    found: `${at} has no field \`${name}\``,
    wanted: didYouMean(findNearNames(name, names)) ?? inside,
  }
}
