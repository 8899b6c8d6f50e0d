import { groupBy, parseQuantity } from '@opencore/contract'
import { publishedByService } from '@opencore/model'
import { isInjected, withProxy } from '../proxy-injection.ts'
import type { ObjectView } from '../object-view.ts'
import { podOf } from '../pods.ts'
import { asList, asRecord, asText, read } from '../read.ts'
import type { KubernetesObject, RenderedObject } from '../rendered-object.ts'
import { createPodCounter } from './count-pods.ts'
import { readContainerDefaults } from './defaults.ts'
import { podAmounts, scaleAmounts, sumAmounts, type Amounts, type ContainerDefaults } from './resources.ts'

/** What one object, and all that is made of it, takes of a namespace at the most. */
export interface Use {
  /** The object, or the resource that an operator made it of. */
  owner: RenderedObject
  amounts: Amounts
}

/** What everything in a namespace takes at the most, operators' pods, Services and claims included. */
export function measureUse(cluster: ObjectView): ReadonlyMap<string, readonly Use[]> {
  const count = createPodCounter(cluster)
  const namespaces = groupBy(cluster.owned, ({ rendered }) => rendered.object.metadata.namespace ?? '')
  return new Map(
    [...namespaces].map(([namespace, members]) => {
      const defaults = readContainerDefaults(cluster, namespace)
      const uses = members.map(({ rendered, owner }) => ({
        owner,
        amounts: sumAmounts([
          measurePods(rendered, count(rendered.object), defaults, cluster),
          measureObject(rendered.object, count(rendered.object)),
        ]),
      }))
      return [namespace, uses.filter(({ amounts }) => amounts.size > 0)]
    }),
  )
}

function measurePods(
  rendered: RenderedObject,
  pods: number,
  defaults: ContainerDefaults,
  cluster: ObjectView,
): Amounts {
  const pod = pods === 0 ? undefined : podOf(rendered)
  if (pod === undefined) return new Map()
  const spec = isInjected(pod.labels, cluster.namespaceLabels(pod.namespace)) ? withProxy(pod) : pod.spec
  return scaleAmounts(podAmounts(spec, defaults), pods)
}

/** What quotas count of objects without pods; a StatefulSet's controller makes its claims. */
function measureObject(object: KubernetesObject, pods: number): Amounts {
  switch (object.kind) {
    case 'Service':
      return measureService(object)
    case 'PersistentVolumeClaim':
      return measureClaim(asRecord(object['spec']))
    case 'StatefulSet': {
      const claims = asList(read(object, 'spec', 'volumeClaimTemplates'))
      return scaleAmounts(
        sumAmounts(claims.map((claim) => measureClaim(asRecord(read(claim, 'spec'))))),
        pods,
      )
    }
    default:
      return new Map()
  }
}

function measureService({ spec }: KubernetesObject): Amounts {
  const { loadBalancers, nodePorts } = publishedByService(spec)
  return new Map([
    ['services', 1],
    ['services.loadbalancers', loadBalancers],
    ['services.nodeports', nodePorts],
  ])
}

function measureClaim(spec: Readonly<Record<string, unknown>>): Amounts {
  const storage = parseQuantity(read(spec, 'resources', 'requests', 'storage')) ?? 0
  const storageClass = asText(spec['storageClassName'])
  const ofClass = `${storageClass ?? ''}.storageclass.storage.k8s.io`
  return new Map([
    ['persistentvolumeclaims', 1],
    ['requests.storage', storage],
    ...(storageClass === undefined
      ? []
      : ([
          [`${ofClass}/persistentvolumeclaims`, 1],
          [`${ofClass}/requests.storage`, storage],
        ] as const)),
  ])
}
