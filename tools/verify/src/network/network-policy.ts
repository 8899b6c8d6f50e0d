import { matchesSelector, readSelector, type LabelSelector } from '../label-selector.ts'
import { readProtocol, type ContainerPort, type Protocol } from '../pods.ts'
import { asList, asText, isRecord, read } from '../read.ts'
import type { RenderedObject } from '../rendered-object.ts'
import type { End } from './network-end.ts'
import { everyPort, noPorts, portRange, unionPorts, type PortSet } from './port-set.ts'

export type Direction = 'Ingress' | 'Egress'

/** Who may be at the other end of a rule: pods by selectors, or addresses. */
export type PeerSelector =
  { pods: LabelSelector; namespaces: LabelSelector | undefined } | { cidr: string; except: readonly string[] }

/** One rule of one direction. No peers means everybody; no ports means every port. */
export interface NetworkRule {
  peers: readonly PeerSelector[]
  ports: readonly PolicyPort[]
}

interface PolicyPort {
  protocol: Protocol
  port: number | string | undefined
  endPort: number | undefined
}

/** A NetworkPolicy, read with the API server's defaults. */
export interface NetworkPolicy {
  rendered: RenderedObject
  namespace: string
  subjects: LabelSelector
  directions: readonly Direction[]
  rules: Readonly<Record<Direction, readonly NetworkRule[]>>
}

/** Read a rendered NetworkPolicy (networking.k8s.io/v1). */
export function readNetworkPolicy(rendered: RenderedObject): NetworkPolicy {
  const { metadata, ['spec']: spec } = rendered.object
  const types = asList(read(spec, 'policyTypes'))
  const egress = asList(read(spec, 'egress'))
  // Unset, it is Ingress, and Egress too if any egress rule is there (API reference, NetworkPolicySpec.policyTypes).
  const defaults: Direction[] = egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress']
  const directions = (['Ingress', 'Egress'] as const).filter((type) => types.includes(type))
  return {
    rendered,
    namespace: metadata.namespace ?? 'default',
    subjects: readSelector(read(spec, 'podSelector')),
    directions: directions.length > 0 ? directions : defaults,
    rules: {
      Ingress: asList(read(spec, 'ingress')).map((rule) => readRule(rule, 'from')),
      Egress: egress.map((rule) => readRule(rule, 'to')),
    },
  }
}

/** Whether a peer of a rule in this policy stands for the pod. Addresses never stand for pods. */
export function peerMatchesPod(policy: NetworkPolicy, peer: PeerSelector, pod: End): boolean {
  if ('cidr' in peer) return false
  const namespace =
    peer.namespaces === undefined
      ? pod.namespace === policy.namespace
      : matchesSelector(pod.namespaceLabels, peer.namespaces)
  return namespace && matchesSelector(pod.labels, peer.pods)
}

/** The ports that a rule opens on a destination; a name opens what the destination calls so. */
export function openPorts(rule: NetworkRule, destination: readonly ContainerPort[]): PortSet {
  if (rule.ports.length === 0) return everyPort
  return unionPorts(rule.ports.map((port) => resolvePort(port, destination)))
}

function resolvePort(
  { protocol, port, endPort }: PolicyPort,
  destination: readonly ContainerPort[],
): PortSet {
  if (port === undefined) return { ...noPorts, [protocol]: everyPort[protocol] }
  if (typeof port === 'number') return portRange(protocol, port, endPort ?? port)
  const named = destination.filter((candidate) => candidate.name === port && candidate.protocol === protocol)
  return unionPorts(named.map((candidate) => portRange(protocol, candidate.port)))
}

function readRule(rule: unknown, side: 'from' | 'to'): NetworkRule {
  return {
    peers: asList(read(rule, side)).map(readPeer),
    ports: asList(read(rule, 'ports')).map((item) => ({
      protocol: readProtocol(read(item, 'protocol')),
      port: readPortValue(read(item, 'port')),
      endPort: readNumber(read(item, 'endPort')),
    })),
  }
}

function readPeer(peer: unknown): PeerSelector {
  const block = read(peer, 'ipBlock')
  if (isRecord(block)) {
    const except = asList(block['except']).filter((item) => typeof item === 'string')
    return { cidr: asText(block['cidr']) ?? '', except }
  }
  const namespaces = read(peer, 'namespaceSelector')
  return {
    pods: readSelector(read(peer, 'podSelector')),
    namespaces: isRecord(namespaces) ? readSelector(namespaces) : undefined,
  }
}

const readNumber = (value: unknown) => (typeof value === 'number' ? value : undefined)
const readPortValue = (value: unknown) => readNumber(value) ?? asText(value)
