import type { ClusterView, End, KubernetesObject } from '@opencore/verify'
import { listWorkloads } from '../../shared/list-workloads.ts'

/** A cluster for an evaluator that knows nothing of ours, and which of our ends each of its workloads is. */
export interface StandIns {
  objects: KubernetesObject[]
  /** By `<namespace>/<name>[<kind>]`. */
  ends: Map<string, End>
}

/** The namespace of strangers whom no rule for a namespace lets in. */
export const NOWHERE = 'namespace-of-nobody'

const nowhere = { namespace: NOWHERE, namespaceLabels: { 'kubernetes.io/metadata.name': NOWHERE } }

/**
 * An environment with every pod that will be there: workloads as rendered, what operators make of resources, and pods in
 * the place of what the cluster brings and of strangers, some of whom carry the labels of others.
 * @param copies two of what is known ask what pods of one workload may do among themselves, too; one is four times as fast
 */
export function standIn(cluster: ClusterView, copies: 1 | 2): StandIns {
  const known = cluster.network.ends.map((end) => (end.namespace === '' ? { ...end, ...nowhere } : end))
  const ends = new Map<string, End>()
  const add = (object: KubernetesObject, end: End) => {
    ends.set(`${object.metadata.namespace ?? ''}/${object.metadata.name}[${object.kind}]`, end)
    return object
  }
  const pods = [...known, ...listImpostors(known)].flatMap((end, index) => {
    const workloads = listWorkloads(cluster, end).map(({ object }) => add(runOnce(object), end))
    const wanted = end.name === undefined ? 1 : Math.max(0, copies - Math.min(1, workloads.length))
    const twins = Array.from({ length: wanted }, (_, twin) => makePod(end, `stand-in-${index}-${twin}`))
    return [...workloads, ...twins.map((twin) => add(twin, end))]
  })
  const namespaces = new Map(known.map(({ namespace, namespaceLabels }) => [namespace, namespaceLabels]))
  return {
    objects: [
      ...[...namespaces].map(([name, labels]) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels },
      })),
      ...cluster.objects.map(({ object }) => object).filter(({ kind }) => kind === 'NetworkPolicy'),
      ...pods,
    ],
    ends,
  }
}

/** Strangers in a namespace of their own, with the labels of each known end. */
function listImpostors(ends: readonly End[]): End[] {
  const known = ends.filter(({ name, labels }) => name !== undefined && Object.keys(labels).length > 0)
  const labelled = new Map(known.map((end) => [JSON.stringify(end.labels), end]))
  return [...labelled.values()].map(({ labels, ports }) => {
    return { name: undefined, title: 'an impostor', ...nowhere, labels, ports }
  })
}

/** A workload of one pod, wherever it is: in a region that waits there are none. A pod by itself runs on a node. */
function runOnce(object: KubernetesObject): KubernetesObject {
  const { spec } = object
  if (object.kind === 'Pod') return { ...object, status }
  return { ...object, spec: { ...(spec as object), replicas: undefined, parallelism: undefined } }
}

const status = { hostIP: '192.0.2.1', podIPs: [{ ip: '192.0.2.2' }] }

function makePod({ namespace, labels, ports }: End, name: string): KubernetesObject {
  const containerPorts = ports.map(({ port, ...rest }) => ({ containerPort: port, ...rest }))
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [{ name: 'stand-in', image: 'stand-in', ports: containerPorts }] },
    status,
  }
}
