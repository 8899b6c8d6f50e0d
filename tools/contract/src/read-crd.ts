import { kindKey, type ApiPart } from './api-catalogue.ts'
import { compactSchema } from './compact-schema.ts'
import { isObject, type JsonSchema } from './json-schema.ts'

/** What this function reads of a CustomResourceDefinition (apiextensions.k8s.io/v1). */
interface CustomResourceDefinition {
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

function isCrd(manifest: unknown): manifest is CustomResourceDefinition {
  return isObject(manifest) && manifest['kind'] === 'CustomResourceDefinition' && isObject(manifest['spec'])
}
