import type { JsonObject } from '../json.ts'
import type { End, PodEnd, Port } from './derive-flows.ts'

/** One end of a flow as a NetworkPolicy names it: pods with these labels in that namespace, and nothing else. */
export function networkPeer({ namespace, podLabels }: Pick<PodEnd, 'namespace' | 'podLabels'>): JsonObject {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: { ...podLabels } },
  }
}

/** The same of any end: pods, or addresses. */
export function networkPeers(end: End): JsonObject[] {
  return 'cidrs' in end ? end.cidrs.map((cidr) => ({ ipBlock: { cidr } })) : [networkPeer(end)]
}

/** The ports of the end that listens. */
export function networkPorts(ports: readonly Port[]): JsonObject[] {
  return ports.map(({ port, protocol }) => ({ port, protocol }))
}
