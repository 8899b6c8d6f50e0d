import { matchesSelector } from '../label-selector.ts'
import { containsBlock, overlapsBlock } from './address-block.ts'
import type { End } from './network-end.ts'
import {
  openPorts,
  peerMatchesPod,
  type Direction,
  type NetworkPolicy,
  type NetworkRule,
} from './network-policy.ts'
import { everyPort, noPorts, unionPorts, type PortSet } from './port-set.ts'

/** The other end of a connection: pods, or a block of addresses. */
export type Counterpart = End | { cidr: string }

/**
 * The ports on which policies let a pod receive from (Ingress) or send to (Egress) a counterpart. Every
 * port where no policy isolates the pod in that direction; else the union of what the rules open
 * (Kubernetes documentation, "Network Policies"). One end alone: a connection needs both.
 */
export function allowedPorts(
  direction: Direction,
  pod: End,
  counterpart: Counterpart,
  policies: readonly NetworkPolicy[],
): PortSet {
  const isolating = policies.filter((policy) => isolates(policy, direction, pod))
  if (isolating.length === 0) return everyPort
  return unionPorts(
    isolating.flatMap((policy) =>
      policy.rules[direction].map((rule) => portsOfRule(policy, direction, rule, pod, counterpart)),
    ),
  )
}

/** Whether the policy selects the pod for this direction, and so denies it what no rule opens. */
export function isolates(policy: NetworkPolicy, direction: Direction, pod: End): boolean {
  return (
    policy.namespace === pod.namespace &&
    policy.directions.includes(direction) &&
    matchesSelector(pod.labels, policy.subjects)
  )
}

/** The ports that one rule opens between a pod that its policy selects and a counterpart. */
export function portsOfRule(
  policy: NetworkPolicy,
  direction: Direction,
  rule: NetworkRule,
  pod: End,
  counterpart: Counterpart,
): PortSet {
  const everybody = rule.peers.length === 0
  if ('cidr' in counterpart) {
    const { cidr } = counterpart
    const open = rule.peers.some(
      (peer) =>
        'cidr' in peer &&
        containsBlock(peer.cidr, cidr) &&
        !peer.except.some((hole) => overlapsBlock(hole, cidr)),
    )
    return everybody || open ? openPorts(rule, direction === 'Ingress' ? pod.ports : []) : noPorts
  }
  const matches = everybody || rule.peers.some((peer) => peerMatchesPod(policy, peer, counterpart))
  return matches ? openPorts(rule, (direction === 'Ingress' ? pod : counterpart).ports) : noPorts
}
