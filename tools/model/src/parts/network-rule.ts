import type { JsonObject } from '../json.ts'
import type { End, PodEnd, Port } from './end.ts'

/** Whom a rule lets through and to which ports, as charts take it below `network`. */
export interface NetworkRule extends JsonObject {
  readonly peers: readonly JsonObject[]
  readonly ports: readonly JsonObject[]
}

/**
 * An end as NetworkPolicies name it: pods with these labels in that namespace and nothing else, or one rule for each
 * block of addresses with the ports there.
 * @param ports where the end that listens does so; addresses have their own
 */
export function networkRules(end: End, ports: readonly Port[]): NetworkRule[] {
  if (!('addresses' in end)) return [{ peers: [networkPeer(end)], ports: networkPorts(ports) }]
  return end.addresses.map((address) => ({
    peers: address.cidrs.map((cidr) => ({ ipBlock: { cidr } })),
    ports: networkPorts(address.ports),
  }))
}

/** The same without ports, where a chart knows them itself. */
export function networkPeers(end: End): JsonObject[] {
  return networkRules(end, []).flatMap(({ peers }) => peers)
}

function networkPeer({ namespace, podLabels }: PodEnd): JsonObject {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: { ...podLabels } },
  }
}

function networkPorts(ports: readonly Port[]): JsonObject[] {
  return ports.map(({ port, protocol }) => ({ port, protocol }))
}
