import { kindKey, type ApiPart } from './api-catalogue.ts'
import { compactSchema } from './compact-schema.ts'
import { isObject, type JsonObject, type JsonSchema } from './json-schema.ts'

interface GroupVersionKind {
  group: string
  version: string
  kind: string
}

/** What this function reads of `api/openapi-spec/v3/*.json` in the Kubernetes repository. */
interface OpenApiDocument {
  paths: Record<string, { post?: { 'x-kubernetes-group-version-kind'?: GroupVersionKind } }>
  components?: { schemas?: Record<string, JsonSchema> }
}

/**
 * The kinds of one Kubernetes OpenAPI v3 document: those that can be created (a POST on a collection),
 * with the plural and the scope that its path shows. Documents without kinds give an empty part.
 * @param document one parsed file of `api/openapi-spec/v3`
 * @throws TypeError when it is no OpenAPI document; sources are pinned, so that is not the user's mistake
 */
export function readOpenApi(document: unknown): ApiPart {
  if (!isOpenApi(document)) throw new TypeError('not an OpenAPI v3 document: want `openapi: 3.x` and `paths`')
  const part: ApiPart = { kinds: {}, definitions: {} }
  const names = new Map<string, string>()
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    part.definitions[name] = compactSchema(schema)
    for (const gvk of (schema['x-kubernetes-group-version-kind'] ?? []) as GroupVersionKind[])
      names.set(kindKey(gvk.group, gvk.version, gvk.kind), name)
  }
  for (const [path, { post }] of Object.entries(document.paths)) {
    const gvk = post?.['x-kubernetes-group-version-kind']
    if (!gvk || path.endsWith('}')) continue
    const plural = /\/(?:namespaces\/\{namespace\}\/)?([a-z]+)$/.exec(path)?.[1]
    const key = kindKey(gvk.group, gvk.version, gvk.kind)
    const name = names.get(key)
    // A subresource (`pods/{name}/eviction`) also answers to POST; it is not a kind one can apply.
    if (plural === undefined || name === undefined || path.includes('{name}')) continue
    const namespaced = path.includes('/namespaces/{namespace}/')
    part.kinds[key] = { schema: { $ref: `#/definitions/${name}` }, namespaced, plural }
  }
  return part
}

function isOpenApi(document: unknown): document is OpenApiDocument & JsonObject {
  return isObject(document) && String(document['openapi']).startsWith('3.') && isObject(document['paths'])
}
