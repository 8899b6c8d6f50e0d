import type { Peer, Peers } from '../define/peer.ts'
import type { Service } from '../define/service.ts'
import type { Place } from '../locate/create-locator.ts'
import type { Definition } from '../assemble/read-definition.ts'

/** One declared way from one end to another, and where it was declared. */
export interface DerivedFlow {
  /** `accounts->ledger`; for metrics `prometheus->accounts:metrics`. Unique in an environment. */
  id: string
  from: End
  to: End
  ports: readonly Port[]
  declared: Place
  /** The list of values below `network` that takes it at the end that is data; services have `ingress` and `egress`. */
  list?: string
}

/** Pods, or what is known by its addresses. */
export type End = PodEnd | AddressEnd

/** Addresses that are no pods of the cluster, and where they listen. */
export interface AddressEnd {
  /** Name of the peer. */
  name: string
  cidrs: readonly string[]
  ports: readonly Port[]
}

/** Pods of one namespace that carry some labels. */
export interface PodEnd {
  /** Name of the release or of the peer. */
  name: string
  namespace: string
  podLabels: Readonly<Record<string, string>>
}

export interface Port {
  port: number
  protocol: 'TCP' | 'UDP'
}

/** Where a service's container listens. */
export interface ServicePorts {
  http: number
  /** Port of the actuator: the same as `http` unless it has one of its own. */
  management: number
}

/**
 * Every way that pods of an environment may talk, ordered by id: what services declare that they use, the ingress
 * gateway to services with an edge, Prometheus to services with metrics. DNS is open to all and no flow of the graph.
 * @param portsOf the ports of a service by its name, after all layers
 */
export function deriveFlows(
  services: readonly Definition<Service>[],
  peers: Peers,
  portsOf: (service: string) => ServicePorts,
): DerivedFlow[] {
  const byName = new Map(services.map(({ value }) => [value.name, value]))
  const flows = services.flatMap(({ value, place }) => {
    const used = (value.uses?.services ?? []).flatMap((name, index): DerivedFlow[] => {
      const target = byName.get(name)
      if (!target) return []
      const declared = { ...place, path: ['uses', 'services', index] }
      return [connect(endOf(value), endOf(target), '', portsOf(name).http, declared)]
    })
    const edge = value.exposes?.edge
      ? [
          connect(
            peerEnd('ingress-gateway', peers.ingressGateway),
            endOf(value),
            '',
            portsOf(value.name).http,
            { ...place, path: ['exposes', 'edge'] },
          ),
        ]
      : []
    const metrics = value.exposes?.metrics
      ? [
          connect(
            peerEnd('prometheus', peers.prometheus),
            endOf(value),
            ':metrics',
            portsOf(value.name).management,
            { ...place, path: ['exposes', 'metrics'] },
          ),
        ]
      : []
    return [...used, ...edge, ...metrics]
  })
  return flows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function connect(from: PodEnd, to: PodEnd, suffix: string, port: number, declared: Place): DerivedFlow {
  return { id: `${from.name}->${to.name}${suffix}`, from, to, ports: [{ port, protocol: 'TCP' }], declared }
}

/**
 * The label that the chart `service` gives to all pods of a release, and to no others: the name of its objects. Not
 * the instance, which inside an umbrella is the umbrella's release and selects every component.
 */
export function endOf({ name, namespace }: Service): PodEnd {
  return { name, namespace, podLabels: { 'app.kubernetes.io/name': name } }
}

/** A peer by the name that it has in flows. */
export function peerEnd(name: string, { namespace, podLabels }: Peer): PodEnd {
  return { name, namespace, podLabels }
}
