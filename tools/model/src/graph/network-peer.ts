import type { JsonObject } from '../json.ts'
import type { End, Port } from './derive-flows.ts'

/** One end of a flow as a NetworkPolicy names it: pods with these labels in that namespace, and nothing else. */
export function networkPeer({ namespace, podLabels }: Pick<End, 'namespace' | 'podLabels'>): JsonObject {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: { ...podLabels } },
  }
}

/** The ports of the end that listens. */
export function networkPorts(ports: readonly Port[]): JsonObject[] {
  return ports.map(({ port, protocol }) => ({ port, protocol }))
}
