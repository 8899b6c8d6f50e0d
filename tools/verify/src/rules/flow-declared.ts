import { type Finding, groupBy } from '@opencore/contract'
import { containsBlock } from '../network/address-block.ts'
import { allowedPorts, portsOfRule, type Counterpart } from '../network/evaluate-policies.ts'
import { indexFlows, portsAtAddress, type NamedEnd, type PortsBetween } from '../network/flow-index.ts'
import { anyPod, ownerOf, type End } from '../network/network-end.ts'
import { openPorts, type Direction, type NetworkPolicy, type NetworkRule } from '../network/network-policy.ts'
import type { NetworkView } from '../network/network-view.ts'
import {
  describePorts,
  intersectPorts,
  isEmpty,
  noPorts,
  subtractPorts,
  unionPorts,
  type PortSet,
} from '../network/port-set.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** What a policy opens between a pod and a counterpart beyond what was declared. */
interface Surplus {
  title: string
  isAddress: boolean
  ports: PortSet
}

interface Opening {
  title: string
  counterpart: Counterpart
  open: PortSet
}

export const flowDeclared: Rule = {
  id: 'FLOW_UNDECLARED',
  reason: 'A connection that manifests allow and nobody declared is a way in that no review has seen.',
  check: ({ network, flows }) => {
    const portsBetween = indexFlows(flows, network)
    const releases = [...new Set(network.ends.flatMap((end) => (ownerOf(end) ? (end.name ?? []) : [])))]
    return network.policies.flatMap((policy) =>
      policy.directions.flatMap((direction) => {
        const openings = (pod: End) =>
          policy.rules[direction].flatMap((rule) => openingsOf(network, policy, direction, rule, pod))
        const surplus = network.subjectsOf(policy).flatMap((pod) =>
          openings(pod).map((opening): Surplus => ({
            title: opening.title,
            isAddress: 'cidr' in opening.counterpart,
            ports: surplusOf(opening, direction, pod, network, portsBetween),
          })),
        )
        const ofStrangers = network.strangersOf(policy).flatMap((stranger) =>
          openings(stranger).map(({ title, counterpart, open }): Surplus => ({
            title: `${title} for ${stranger.title}`,
            isAddress: 'cidr' in counterpart,
            ports: subtractPorts(open, portsOfEverybody(counterpart, direction, releases, portsBetween)),
          })),
        )
        return describeSurplus(policy, direction, [...surplus, ...ofStrangers])
      }),
    )
  },
}

function openingsOf(
  network: NetworkView,
  policy: NetworkPolicy,
  direction: Direction,
  rule: NetworkRule,
  pod: End,
): Opening[] {
  const others = [...network.matchingRule(policy, rule), ...network.impostorsOf(policy, rule)]
  const ends = others.map((counterpart) => ({
    title: counterpart.title,
    counterpart,
    open: portsOfRule(policy, direction, rule, pod, counterpart),
  }))
  // A block counts as written: what `except` takes away only makes it smaller.
  const blocks =
    rule.peers.length === 0
      ? ['0.0.0.0/0', '::/0']
      : rule.peers.flatMap((peer) => ('cidr' in peer ? peer.cidr : []))
  const addresses = blocks.map((cidr) => ({
    title: cidr,
    counterpart: { cidr },
    open: openPorts(rule, direction === 'Ingress' ? pod.ports : []),
  }))
  return [...ends, ...addresses]
}

/**
 * What one end opens for the other by name, whatever the other says; and between pods of some kinds alone, what the other
 * end does not close. Pods that an operator makes of one release open more for each other than they take.
 */
function surplusOf(
  { open, counterpart }: Opening,
  direction: Direction,
  pod: End,
  network: NetworkView,
  portsBetween: PortsBetween,
): PortSet {
  const between = (here: NamedEnd, there: NamedEnd) =>
    direction === 'Ingress' ? portsBetween(there, here) : portsBetween(here, there)
  if ('cidr' in counterpart) {
    const around = network.addresses.filter((address) => containsBlock(address.cidr, counterpart.cidr))
    const declared = around.map((address) => {
      const ports = between(pod, { name: address.name })
      return direction === 'Ingress' ? ports : portsAtAddress(address, ports)
    })
    return subtractPorts(open, unionPorts(declared))
  }
  const isInside = pod.operand !== undefined && pod.name === counterpart.name
  const byName = between({ name: pod.name }, { name: counterpart.name })
  const ofOneEnd = isInside ? noPorts : subtractPorts(open, byName)
  const ofKinds = subtractPorts(open, between(pod, counterpart))
  if (isEmpty(ofKinds)) return ofOneEnd
  const back = direction === 'Ingress' ? 'Egress' : 'Ingress'
  const taken =
    ownerOf(counterpart) === undefined
      ? ofKinds
      : intersectPorts(ofKinds, allowedPorts(back, counterpart, pod, network.policiesOf(counterpart, back)))
  return unionPorts([ofOneEnd, taken])
}

/** What each release may do with a counterpart, any other pod may, too: ask for names. */
function portsOfEverybody(
  counterpart: Counterpart,
  direction: Direction,
  releases: readonly string[],
  portsBetween: PortsBetween,
): PortSet {
  const other = { name: 'cidr' in counterpart ? undefined : counterpart.name }
  if (direction === 'Ingress' || other.name === undefined) return noPorts
  const each = releases.map((name) => portsBetween({ name }, other))
  return each.reduce(intersectPorts, each[0] ?? noPorts)
}

/** One finding per counterpart; only the widest where a rule is open to any pod of any namespace. */
function describeSurplus(
  policy: NetworkPolicy,
  direction: Direction,
  surplus: readonly Surplus[],
): Finding[] {
  const byTitle = groupBy(surplus, ({ title }) => title)
  const portsOf = (title: string) => unionPorts((byTitle.get(title) ?? []).map(({ ports }) => ports))
  const widest = portsOf(anyPod)
  return [...byTitle].flatMap(([title, group]) => {
    // Addresses are no pods: the widest stranger does not cover them.
    const isCovered = title !== anyPod && !group.some(({ isAddress }) => isAddress)
    const beyond = isCovered ? subtractPorts(portsOf(title), widest) : portsOf(title)
    if (isEmpty(beyond)) return []
    const side = direction === 'Ingress' ? 'ingress from' : 'egress to'
    return complain(policy.rendered, {
      code: flowDeclared.id,
      found: `${describeObject(policy.rendered.object)} allows ${side} ${title} on ${describePorts(beyond)}, which no flow declares`,
      wanted: 'declared flows alone',
      next: 'declare the flow where the service says what it uses and exposes, or close the rule',
    })
  })
}
