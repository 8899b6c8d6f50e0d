import { podOf, type ClusterView, type End, type KubernetesObject } from '@opencore/verify'

/** A cluster for an evaluator that knows nothing of ours, and which of our ends each of its workloads is. */
export interface StandIns {
  objects: KubernetesObject[]
  /** By `<namespace>/<name>[<kind>]`. */
  ends: Map<string, End>
}

/** The namespace of strangers whom no rule for a namespace lets in. */
const NOWHERE = 'namespace-of-nobody'

/** The kinds of objects that a judge reads as they were rendered. */
const asRendered = new Set(['NetworkPolicy'])

/**
 * An environment with every pod that will be there: workloads as rendered, what operators make of resources, and pods in
 * the place of what the cluster brings and of strangers, some of whom carry the labels of others. What is known has a twin,
 * so that what pods of one workload may do among themselves is asked, too.
 */
export function standIn(cluster: ClusterView): StandIns {
  const { network } = cluster
  const ends = new Map<string, End>()
  const add = (object: KubernetesObject, end: End) => {
    ends.set(`${object.metadata.namespace ?? ''}/${object.metadata.name}[${object.kind}]`, end)
    return object
  }
  const pods = [...network.ends, ...listImpostors(network.ends)].flatMap((end, index) => {
    const workloads = listWorkloads(cluster, end).map((object) => add(runOnce(object), end))
    const wanted = end.name === undefined || workloads.length > 0 ? 1 : 2
    const twins = Array.from({ length: wanted }, (_, twin) => makePod(end, `stand-in-${index}-${twin}`))
    return [...workloads, ...twins.map((twin) => add(twin, end))]
  })
  const namespaces = new Map(network.ends.map((end) => [end.namespace || NOWHERE, end.namespaceLabels]))
  return {
    objects: [
      ...[...namespaces].map(([name, labels]) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { ...labels, 'kubernetes.io/metadata.name': name } },
      })),
      ...cluster.objects.map(({ object }) => object).filter(({ kind }) => asRendered.has(kind)),
      ...pods,
    ],
    ends,
  }
}

/** Strangers in a namespace of their own, with the labels of each known end. */
function listImpostors(ends: readonly End[]): End[] {
  const known = ends.filter(({ name, labels }) => name !== undefined && Object.keys(labels).length > 0)
  const labelled = new Map(known.map((end) => [JSON.stringify(end.labels), end]))
  return [...labelled.values()].map(({ labels, ports }) => ({
    name: undefined,
    title: 'an impostor',
    namespace: '',
    labels,
    namespaceLabels: { 'kubernetes.io/metadata.name': '' },
    ports,
  }))
}

/** What makes the pods of an end: the rendered workload, or what an operator will make. */
function listWorkloads(
  cluster: ClusterView,
  { pod, isOperand, name, namespace, labels }: End,
): KubernetesObject[] {
  if (pod) return [pod.owner.object]
  if (!isOperand) return []
  return cluster.made.flatMap((made) => {
    const its = podOf(made)
    const isSame = Object.entries(labels).every(([key, value]) => its?.labels[key] === value)
    return made.release === name && its?.namespace === namespace && isSame ? [made.object] : []
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
    metadata: { name, namespace: namespace || NOWHERE, labels },
    spec: { containers: [{ name: 'stand-in', image: 'stand-in', ports: containerPorts }] },
    status,
  }
}
