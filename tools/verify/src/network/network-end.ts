import type { Labels } from '../label-selector.ts'
import type { ObjectView } from '../object-view.ts'
import type { Operand } from '../operands.ts'
import { listMadeObjects } from '../made-objects.ts'
import { podOf, type ContainerPort, type Pod } from '../pods.ts'
import { isInjected } from '../proxy-injection.ts'
import { asText } from '../read.ts'
import type { RenderedObject } from '../rendered-object.ts'

/** Pods at one end of a flow: those of a template of ours, of a peer, or strangers that nobody declared. */
export interface End {
  /** The release or the peer; undefined for strangers. */
  name: string | undefined
  /** How a message calls it. */
  title: string
  namespace: string
  labels: Labels
  namespaceLabels: Labels
  ports: readonly ContainerPort[]
  /** ServiceAccount of pods that are not ours, or not there yet, where they are in the mesh. */
  account?: string
  /** The template, where the pods are ours. */
  pod?: Pod
  /** One of several kinds of pods that an operator makes of a release: a flow to the release is to some of them. */
  operand?: Operand
}

/** The rendered object that the pods of an end come from; nothing where they are not ours. */
export function ownerOf({ pod, operand }: End): RenderedObject | undefined {
  return pod?.owner ?? operand?.owner
}

/** The title of the stranger that only a rule for everybody lets in. */
export const anyPod = 'any pod of any namespace'

/** Pods of releases that are not there yet: nothing is asked of them, and whoever lets them in opens no door. */
function listAbsent(cluster: ObjectView): End[] {
  const { absent = [] } = cluster
  const made = listMadeObjects(absent)
  return [...absent, ...made].flatMap((rendered): End[] => {
    const pod = podOf(rendered)
    if (!pod) return []
    const { namespace, labels, ports, spec } = pod
    const { release } = rendered
    const end = { name: release, title: release, namespace, labels, ports }
    const inherited = cluster.namespaceLabels(namespace)
    const account = isInjected(labels, inherited)
      ? (asText(spec['serviceAccountName']) ?? 'default')
      : undefined
    return [{ ...end, namespaceLabels: inherited, ...(account !== undefined && { account }) }]
  })
}

/**
 * Every end that a NetworkPolicy of this environment can allow. Strangers stand for pods that nobody
 * declared: one without labels in each known namespace, one in a namespace of its own. A selector that
 * matches a stranger is open to more than what was declared.
 */
export function listEnds(cluster: ObjectView): End[] {
  const ours = cluster.pods.map((pod): End => ({
    name: pod.owner.release,
    title: pod.owner.release,
    namespace: pod.namespace,
    labels: pod.labels,
    namespaceLabels: cluster.namespaceLabels(pod.namespace),
    ports: pod.ports,
    pod,
  }))
  const peers = cluster.peers.flatMap((peer): End[] =>
    'cidr' in peer
      ? []
      : [
          {
            name: peer.name,
            title: peer.name,
            namespace: peer.namespace,
            labels: peer.labels,
            namespaceLabels: { ...cluster.namespaceLabels(peer.namespace), ...peer.namespaceLabels },
            ports: peer.ports ?? [],
            ...(peer.account !== undefined && { account: peer.account }),
          },
        ],
  )
  const operands = cluster.operands.map((operand): End => {
    const { owner, namespace, labels, ports } = operand
    return {
      name: owner.release,
      title: owner.release,
      namespace,
      labels,
      namespaceLabels: cluster.namespaceLabels(namespace),
      ports,
      operand,
    }
  })
  const known = [...ours, ...peers, ...operands, ...listAbsent(cluster)]
  return [...known, ...listStrangers(known)]
}

function listStrangers(known: readonly End[]): End[] {
  // A peer without labels already is every pod of its namespace.
  const declared = new Set(
    known.filter((end) => Object.keys(end.labels).length === 0).map((end) => end.namespace),
  )
  const namespaces = new Map(known.map((end) => [end.namespace, end.namespaceLabels]))
  const stranger = (title: string, namespace: string, namespaceLabels: Labels): End => ({
    name: undefined,
    title,
    namespace,
    labels: {},
    namespaceLabels,
    ports: [],
  })
  return [
    ...[...namespaces]
      .filter(([namespace]) => !declared.has(namespace))
      .map(([namespace, labels]) => stranger(`any pod of namespace ${namespace}`, namespace, labels)),
    stranger(anyPod, '', { 'kubernetes.io/metadata.name': '' }),
  ]
}
