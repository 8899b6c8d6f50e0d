import type { Pod } from './pods.ts'
import { asList, asText, read } from './read.ts'
import type { KubernetesObject } from './rendered-object.ts'

/** A ConfigMap or Secret that somebody reads, and the field that says so. */
export interface ConfigurationReference {
  kind: 'ConfigMap' | 'Secret'
  name: string
  path: string
  /** The keys that are read; all of them where left out. */
  keys?: readonly string[]
  /** The pod starts without it, too. */
  isOptional: boolean
}

/** What a pod reads: in volumes, in variables of any container, and to pull its images. */
export function podReferences(pod: Pod): ConfigurationReference[] {
  const volumes = asList(pod.spec['volumes']).flatMap((volume, index) => {
    const path = `${pod.path}.volumes[${index}]`
    return [
      ...reference('ConfigMap', read(volume, 'configMap'), 'name', `${path}.configMap`),
      ...reference('Secret', read(volume, 'secret'), 'secretName', `${path}.secret`),
      ...reference('Secret', read(volume, 'csi', 'nodePublishSecretRef'), 'name', `${path}.csi`),
      ...asList(read(volume, 'projected', 'sources')).flatMap((source, position) => {
        const at = `${path}.projected.sources[${position}]`
        return [
          ...reference('ConfigMap', read(source, 'configMap'), 'name', `${at}.configMap`),
          ...reference('Secret', read(source, 'secret'), 'name', `${at}.secret`),
        ]
      }),
    ]
  })
  const environment = pod.containers.flatMap(({ container, path }) => [
    ...asList(container['envFrom']).flatMap((source, index) => {
      const at = `${pod.path}.${path}.envFrom[${index}]`
      return [
        ...reference('ConfigMap', read(source, 'configMapRef'), 'name', at),
        ...reference('Secret', read(source, 'secretRef'), 'name', at),
      ]
    }),
    ...asList(container['env']).flatMap((variable, index) => {
      const at = `${pod.path}.${path}.env[${index}]`
      return [
        ...reference('ConfigMap', read(variable, 'valueFrom', 'configMapKeyRef'), 'name', at),
        ...reference('Secret', read(variable, 'valueFrom', 'secretKeyRef'), 'name', at),
      ]
    }),
  ])
  const pulls = asList(pod.spec['imagePullSecrets']).flatMap((secret, index) =>
    reference('Secret', secret, 'name', `${pod.path}.imagePullSecrets[${index}]`),
  )
  return [...volumes, ...environment, ...pulls]
}

/** What an Ingress reads. */
export function ingressReferences(object: KubernetesObject): ConfigurationReference[] {
  return asList(read(object, 'spec', 'tls')).flatMap((tls, index) =>
    reference('Secret', tls, 'secretName', `spec.tls[${index}].secretName`),
  )
}

/** What one place names, with the keys that it says; nothing where it names nothing. */
export function reference(
  kind: ConfigurationReference['kind'],
  source: unknown,
  field: string,
  path: string,
): ConfigurationReference[] {
  const name = asText(read(source, field))
  if (name === undefined) return []
  const key = asText(read(source, 'key'))
  const items = asList(read(source, 'items')).flatMap((item) => asText(read(item, 'key')) ?? [])
  const keys = key === undefined ? items : [key]
  const isOptional = read(source, 'optional') === true
  return [{ kind, name, path, isOptional, ...(keys.length > 0 && { keys }) }]
}
