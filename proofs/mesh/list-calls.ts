import { groupBy } from '@opencore/contract'
import {
  coversOperation,
  hasPort,
  isAmong,
  letsIn,
  portsOfFlow,
  viewCluster,
  type ClusterView,
  type End,
  type EnvironmentInput,
  type KubernetesObject,
} from '@opencore/verify'
import type { JudgedCall } from './nca/ask-nca.ts'

/** What may be asked of whom: `<from> -> <to> 8080 GET /facts/1`, sorted. */
export type Calls = string[]

/** A cluster for an evaluator that knows nothing of ours, and which pod of it is which of our ends. */
export interface MeshCluster {
  view: ClusterView
  objects: KubernetesObject[]
  /** By `<namespace>/<name>`. */
  ends: ReadonlyMap<string, End>
}

/** Who asks, whom, where and for what: enough to tell any two of the rules apart that the model can derive. */
interface Probe {
  from: [string, End]
  to: [string, End]
  port: number
  method: string
  path: string
}

const methods = ['GET', 'POST', 'DELETE']
const paths = ['/', '/facts', '/facts/1', '/facts-of-others']
/** Of services, of their actuators, and one that nothing listens on. */
const ports = [8080, 9090, 7070]

/** One pod for each end with its account, the policies of the mesh but those of gateways, which ask for hosts. */
export function standInMesh(input: EnvironmentInput): MeshCluster {
  const view = viewCluster(input)
  const known = view.network.ends.map((end) =>
    end.namespace === '' ? { ...end, namespace: 'nowhere' } : end,
  )
  const ends = new Map(known.map((end, index) => [`${end.namespace}/pod-${index}`, end]))
  const policies = view.mesh.policies.filter((policy) => view.mesh.gatewaysOf(policy).length === 0)
  const namespaces = new Set([...known.map(({ namespace }) => namespace), 'istio-system'])
  return {
    view,
    ends,
    objects: [
      ...[...namespaces].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
      ...policies.map(({ rendered }) => rendered.object),
      ...[...ends].map(([key, end]) => makePod(key, end, view)),
    ],
  }
}

/** Pods without an account in the mesh have one in the cluster, too; nobody lets it in. */
function makePod(key: string, end: End, { mesh }: ClusterView): KubernetesObject {
  const [namespace = '', name = ''] = key.split('/')
  const account = mesh.principalOf(end)?.split('/').at(-1) ?? 'outside-of-the-mesh'
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: end.labels },
    spec: { serviceAccountName: account, containers: [{ name: 'stand-in', image: 'stand-in' }] },
    status: { hostIP: '192.0.2.1', podIPs: [{ ip: '192.0.2.2' }] },
  }
}

/** What nca lets through. */
export function readCalls(judged: readonly JudgedCall[], cluster: MeshCluster): Calls {
  const byEnds = groupBy(judged, ({ from, to }) => `${from} ${to}`)
  return list(cluster, ({ from: [from], to: [to], port, method, path }) =>
    (byEnds.get(`${from} ${to}`) ?? []).some(
      ({ ports: open, operation }) =>
        (open === undefined || open.some(([first, last]) => first <= port && port <= last)) &&
        coversOperation([operation], { methods: [method], paths: [path] }),
    ),
  )
}

/** What our own evaluator lets through. */
export function listOwnCalls(cluster: MeshCluster): Calls {
  const { mesh } = cluster.view
  return list(cluster, ({ from: [, from], to: [, to], port, method, path }) => {
    const principal = mesh.principalOf(from)
    return mesh
      .policiesOf(to)
      .flatMap(({ rules }) => rules)
      .some(
        (rule) =>
          hasPort(rule.ports, 'TCP', port) && letsIn(rule, principal, { methods: [method], paths: [path] }),
      )
  })
}

/** What flows say: where somebody calls without an account, the mesh lets in everybody, and the network says who that is. */
export function listDeclaredCalls(cluster: MeshCluster): Calls {
  const { flows, network, mesh } = cluster.view
  const told = flows.map((flow) => ({
    flow,
    isPlain: network.endsNamed(flow.from).every((end) => mesh.principalOf(end) === undefined),
    ports: portsOfFlow(flow, network),
  }))
  return list(cluster, ({ from: [, from], to: [, to], port, method, path }) =>
    told.some(
      ({ flow, isPlain, ports: open }) =>
        flow.to === to.name &&
        isAmong(to.labels, flow.receivers) &&
        (isPlain || (flow.from === from.name && isAmong(from.labels, flow.callers))) &&
        hasPort(open, 'TCP', port) &&
        coversOperation(flow.operations, { methods: [method], paths: [path] }),
    ),
  )
}

/** Of calls to members of the mesh; what a pod asks of its like is nobody's. */
function list({ ends, view: { mesh } }: MeshCluster, isOpen: (probe: Probe) => boolean): Calls {
  const members = new Set(mesh.members.map(({ pod }) => pod))
  const called = [...ends].filter(([, { pod }]) => pod !== undefined && members.has(pod))
  return called
    .flatMap((to) =>
      [...ends]
        .filter(([key, end]) => key !== to[0] && end.name !== to[1].name)
        .flatMap((from) =>
          ports.flatMap((port) =>
            methods.flatMap((method) => paths.map((path): Probe => ({ from, to, port, method, path }))),
          ),
        ),
    )
    .filter(isOpen)
    .map(({ from: [from], to: [to], port, method, path }) => `${from} -> ${to} ${port} ${method} ${path}`)
    .sort()
}
