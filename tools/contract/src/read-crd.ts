import { kindKey, type ApiCrd, type ApiPart } from './api-catalogue.ts'
import { compactSchema } from './compact-schema.ts'
import { isObject, type JsonObject, type JsonSchema } from './json-schema.ts'

/** What these functions read of a CustomResourceDefinition (apiextensions.k8s.io/v1). */
interface CustomResourceDefinition {
  metadata: { name: string }
  spec: {
    group: string
    scope: 'Namespaced' | 'Cluster'
    names: { kind: string; plural: string }
    versions: { name: string; served: boolean; schema?: { openAPIV3Schema?: JsonSchema } }[]
  }
}

/**
 * The kinds of one CRD: each served version with its schema.
 * @param manifest one parsed CustomResourceDefinition
 * @throws TypeError when it is none; sources are pinned, so that is not the user's mistake
 */
export function readCrd(manifest: unknown): ApiPart {
  if (!isCrd(manifest)) throw new TypeError('not a manifest of kind CustomResourceDefinition')
  const { group, scope, names, versions } = manifest.spec
  const kinds: ApiPart['kinds'] = {}
  for (const version of versions) {
    if (!version.served) continue
    kinds[kindKey(group, version.name, names.kind)] = {
      schema: compactSchema(version.schema?.openAPIV3Schema ?? {}),
      namespaced: scope === 'Namespaced',
      plural: names.plural,
    }
  }
  return { kinds, definitions: {} }
}

/**
 * A CRD as it is installed: all its rules, none of its prose, which is two thirds of its bytes and which an API server
 * would keep in memory and publish.
 * @throws TypeError when the manifest is none
 */
export function compactCrd(manifest: JsonObject, source: string): ApiCrd {
  if (!isCrd(manifest)) throw new TypeError('not a manifest of kind CustomResourceDefinition')
  const versions = manifest.spec.versions.map(({ schema, ...version }) => ({
    ...version,
    ...(schema?.openAPIV3Schema && { schema: { openAPIV3Schema: compactSchema(schema.openAPIV3Schema) } }),
  }))
  return {
    name: manifest.metadata.name,
    manifest: { ...manifest, spec: { ...manifest.spec, versions } },
    source,
  }
}

function isCrd(manifest: unknown): manifest is CustomResourceDefinition {
  return isObject(manifest) && manifest['kind'] === 'CustomResourceDefinition' && isObject(manifest['spec'])
}
