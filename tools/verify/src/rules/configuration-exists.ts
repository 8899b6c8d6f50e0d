import type { ClusterView } from '../cluster-view.ts'
import type { Pod } from '../pods.ts'
import { asList, asText, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** A ConfigMap or Secret that somebody needs, and the field that says so. */
interface Reference {
  kind: 'ConfigMap' | 'Secret'
  name: string
  path: string
}

export const configurationExists: Rule = {
  id: 'CONFIGURATION_MISSING',
  reason: 'A container whose ConfigMap or Secret is missing never starts.',
  check: (cluster) => {
    const check = (rendered: RenderedObject, namespace: string, references: readonly Reference[]) =>
      references
        .filter(({ kind, name }) => !isProvided(cluster, kind, namespace, name))
        .map(({ kind, name, path }) =>
          complain(rendered, {
            code: configurationExists.id,
            found: `${describeObject(rendered.object)} needs ${kind} ${name} (${path}), which nothing creates`,
            wanted: `a ${kind} ${name} in namespace ${namespace}`,
            next: 'let a release create it, or mark the reference optional',
          }),
        )
    return [
      ...cluster.pods.flatMap((pod) => check(pod.owner, pod.namespace, podReferences(pod))),
      ...cluster
        .objectsOf('Ingress')
        .flatMap((rendered) =>
          check(rendered, rendered.object.metadata.namespace ?? 'default', ingressReferences(rendered)),
        ),
    ]
  },
}

function isProvided(cluster: ClusterView, kind: string, namespace: string, name: string): boolean {
  // The root certificate is published into every namespace by the controller manager.
  if (kind === 'ConfigMap' && name === 'kube-root-ca.crt') return true
  return cluster.exists(kind, namespace, name)
}

function podReferences(pod: Pod): Reference[] {
  const volumes = asList(pod.spec['volumes']).flatMap((volume, index) => {
    const path = `${pod.path}.volumes[${index}]`
    return [
      ...reference('ConfigMap', read(volume, 'configMap'), 'name', `${path}.configMap`),
      ...reference('Secret', read(volume, 'secret'), 'secretName', `${path}.secret`),
      ...asList(read(volume, 'projected', 'sources')).flatMap((source, position) => [
        ...reference(
          'ConfigMap',
          read(source, 'configMap'),
          'name',
          `${path}.projected.sources[${position}].configMap`,
        ),
        ...reference(
          'Secret',
          read(source, 'secret'),
          'name',
          `${path}.projected.sources[${position}].secret`,
        ),
      ]),
    ]
  })
  const environment = pod.containers.flatMap(({ container, path }) => [
    ...asList(container['envFrom']).flatMap((source, index) => [
      ...reference(
        'ConfigMap',
        read(source, 'configMapRef'),
        'name',
        `${pod.path}.${path}.envFrom[${index}]`,
      ),
      ...reference('Secret', read(source, 'secretRef'), 'name', `${pod.path}.${path}.envFrom[${index}]`),
    ]),
    ...asList(container['env']).flatMap((variable, index) => [
      ...reference(
        'ConfigMap',
        read(variable, 'valueFrom', 'configMapKeyRef'),
        'name',
        `${pod.path}.${path}.env[${index}]`,
      ),
      ...reference(
        'Secret',
        read(variable, 'valueFrom', 'secretKeyRef'),
        'name',
        `${pod.path}.${path}.env[${index}]`,
      ),
    ]),
  ])
  const pulls = asList(pod.spec['imagePullSecrets']).flatMap((secret, index) =>
    reference('Secret', secret, 'name', `${pod.path}.imagePullSecrets[${index}]`),
  )
  return [...volumes, ...environment, ...pulls]
}

function ingressReferences({ object }: RenderedObject): Reference[] {
  return asList(read(object, 'spec', 'tls')).flatMap((tls, index) =>
    reference('Secret', tls, 'secretName', `spec.tls[${index}].secretName`),
  )
}

function reference(kind: Reference['kind'], source: unknown, field: string, path: string): Reference[] {
  const name = asText(read(source, field))
  return name === undefined || read(source, 'optional') === true ? [] : [{ kind, name, path }]
}
