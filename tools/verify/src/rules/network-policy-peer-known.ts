import { describeSelector, type LabelSelector } from '../label-selector.ts'
import type { PeerSelector } from '../network/network-policy.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const networkPolicyPeerKnown: Rule = {
  id: 'NETWORK_POLICY_PEER_UNKNOWN',
  reason:
    'A rule for pods that nobody knows opens a door to whoever takes these labels, or blocks the caller it was meant for.',
  check: ({ network }) =>
    network.policies.flatMap((policy) =>
      (['Ingress', 'Egress'] as const).flatMap((direction) =>
        policy.rules[direction]
          .flatMap(({ peers }) => peers)
          .filter((peer) => !('cidr' in peer) && network.matchingPeer(policy, peer).length === 0)
          .map((peer) =>
            complain(policy.rendered, {
              code: networkPolicyPeerKnown.id,
              found: `${describeObject(policy.rendered.object)} allows ${direction.toLowerCase()} ${direction === 'Ingress' ? 'from' : 'to'} ${describePeer(peer, policy.namespace)}, which match nothing that is known`,
              wanted: 'labels of a release of this environment or of a declared peer',
              next: 'correct the selector, or declare the peer in the environment',
            }),
          ),
      ),
    ),
}

function describePeer(peer: PeerSelector, namespace: string): string {
  if ('cidr' in peer) return peer.cidr
  return `pods with ${describeSelector(peer.pods)} in ${describeNamespaces(peer.namespaces, namespace)}`
}

function describeNamespaces(namespaces: LabelSelector | undefined, own: string): string {
  return namespaces === undefined ? `namespace ${own}` : `namespaces with ${describeSelector(namespaces)}`
}
