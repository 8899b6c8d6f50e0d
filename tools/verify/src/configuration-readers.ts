import { madeKinds } from '@opencore/model'
import type { ClusterView } from './cluster-view.ts'
import {
  ingressReferences,
  podReferences,
  reference,
  type ConfigurationReference,
} from './configuration-references.ts'
import { asText, isRecord, read } from './read.ts'
import type { RenderedObject } from './rendered-object.ts'

/** Something that reads ConfigMaps or Secrets of its namespace. */
export interface Reader {
  rendered: RenderedObject
  namespace: string
  references: readonly ConfigurationReference[]
}

/** All that read any: pods, operators' resources for their pods, Ingresses, and what carries Secrets out of the cluster. */
export function listReaders(cluster: ClusterView): Reader[] {
  const others = (kind: string, list: (rendered: RenderedObject) => ConfigurationReference[]) =>
    cluster.objectsOf(kind).map((rendered) => ({
      rendered,
      namespace: rendered.object.metadata.namespace ?? 'default',
      references: list(rendered),
    }))
  return [
    ...cluster.pods.map((pod) => ({
      rendered: pod.owner,
      namespace: pod.namespace,
      references: podReferences(pod),
    })),
    ...[...new Set(madeKinds.map((kind) => kind.split('/')[1] ?? ''))].flatMap((kind) =>
      others(kind, ({ object }) => namedReferences(object['spec'], 'spec')),
    ),
    ...others('Ingress', ({ object }) => ingressReferences(object)),
    ...others('PushSecret', ({ object }) => pushed(object)),
  ]
}

/**
 * What an operator's resource hands on to its pods as it is: volumes, variables and queries, wherever the kind has them. What of it is
 * in pods is the operator's to say.
 */
function namedReferences(value: unknown, path: string): ConfigurationReference[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => namedReferences(one, `${path}[${index}]`))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, inner]): ConfigurationReference[] => {
    const at = `${path}.${key}`
    const named = fields[key]
    if (named === undefined) return namedReferences(inner, at)
    return Array.isArray(inner)
      ? inner.flatMap((one, index) => reference(named.kind, one, named.field, `${at}[${index}]`))
      : reference(named.kind, inner, named.field, at)
  })
}

/**
 * Where variables and volumes have the name of a ConfigMap or a Secret; and CloudNativePG's lists of what a database runs, in
 * `monitoring` and in `bootstrap.initdb` (api/v1/cluster_types.go of 1.30.0).
 */
const fields: Readonly<Record<string, { kind: ConfigurationReference['kind']; field: string }>> = {
  configMapKeyRef: { kind: 'ConfigMap', field: 'name' },
  configMapRef: { kind: 'ConfigMap', field: 'name' },
  configMap: { kind: 'ConfigMap', field: 'name' },
  secretKeyRef: { kind: 'Secret', field: 'name' },
  secretRef: { kind: 'Secret', field: 'name' },
  secret: { kind: 'Secret', field: 'secretName' },
  customQueriesConfigMap: { kind: 'ConfigMap', field: 'name' },
  configMapRefs: { kind: 'ConfigMap', field: 'name' },
  customQueriesSecret: { kind: 'Secret', field: 'name' },
  secretRefs: { kind: 'Secret', field: 'name' },
}

/** What the External Secrets operator would carry out of the cluster. */
function pushed(object: RenderedObject['object']): ConfigurationReference[] {
  const name = asText(read(object, 'spec', 'selector', 'secret', 'name'))
  const path = 'spec.selector.secret.name'
  return name === undefined ? [] : [{ kind: 'Secret', name, path, isOptional: false }]
}
