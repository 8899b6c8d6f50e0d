import type { ClusterView } from '../cluster-view.ts'
import { ingressReferences, podReferences, type ConfigurationReference } from '../configuration-references.ts'
import { read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const configurationExists: Rule = {
  id: 'CONFIGURATION_MISSING',
  reason: 'A container whose ConfigMap or Secret is missing never starts.',
  check: (cluster) => {
    const check = (
      rendered: RenderedObject,
      namespace: string,
      references: readonly ConfigurationReference[],
    ) =>
      references
        .filter(({ isOptional }) => !isOptional)
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
          check(
            rendered,
            rendered.object.metadata.namespace ?? 'default',
            ingressReferences(rendered.object),
          ),
        ),
    ]
  },
}

function isProvided(cluster: ClusterView, kind: string, namespace: string, name: string): boolean {
  return (kind === 'ConfigMap' && isEverywhere(cluster, name)) || cluster.exists(kind, namespace, name)
}

/** What the controller manager, istiod and trust-manager put into every namespace. */
function isEverywhere(cluster: ClusterView, name: string): boolean {
  const isBundle = ({ object }: RenderedObject) =>
    object.metadata.name === name && read(object, 'spec', 'target', 'configMap') !== undefined
  return (
    ['kube-root-ca.crt', 'istio-ca-root-cert'].includes(name) || cluster.objectsOf('Bundle').some(isBundle)
  )
}
