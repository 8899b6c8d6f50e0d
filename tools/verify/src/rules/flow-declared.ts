import type { Finding } from '@opencore/contract'
import { groupBy } from '../group-by.ts'
import { containsBlock } from '../network/address-block.ts'
import { portsOfRule, type Counterpart } from '../network/evaluate-policies.ts'
import { indexFlows, portsAtAddress, type PortsBetween } from '../network/flow-index.ts'
import { anyPod, type End } from '../network/network-end.ts'
import { openPorts, type Direction, type NetworkPolicy, type NetworkRule } from '../network/network-policy.ts'
import type { NetworkView } from '../network/network-view.ts'
import {
  describePorts,
  isEmpty,
  noPorts,
  subtractPorts,
  unionPorts,
  type PortSet,
} from '../network/port-set.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** What a policy opens between a pod and a counterpart, and what of it was declared. */
interface Opening {
  title: string
  open: PortSet
  declared: PortSet
}

export const flowDeclared: Rule = {
  id: 'FLOW_UNDECLARED',
  reason: 'A connection that manifests allow and nobody declared is a way in that no review has seen.',
  check: ({ network, flows }) => {
    const portsBetween = indexFlows(flows, network)
    return network.policies.flatMap((policy) =>
      policy.directions.flatMap((direction) => {
        const openings = network.subjectsOf(policy).flatMap((pod) =>
          policy.rules[direction].flatMap((rule) =>
            openingsOf(network, policy, direction, rule, pod).map(({ title, counterpart, open }) => ({
              title,
              open,
              declared: declaredPorts(network, portsBetween, direction, pod, counterpart),
            })),
          ),
        )
        return describeSurplus(policy, direction, openings)
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
) {
  const ends = network.matchingRule(policy, rule).map((counterpart) => ({
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

function declaredPorts(
  { addresses }: NetworkView,
  portsBetween: PortsBetween,
  direction: Direction,
  pod: End,
  counterpart: Counterpart,
): PortSet {
  const between = (name: string | undefined) =>
    direction === 'Ingress' ? portsBetween(name, pod.name) : portsBetween(pod.name, name)
  if (!('cidr' in counterpart)) return between(counterpart.name)
  const { cidr } = counterpart
  const around = addresses.filter((address) => containsBlock(address.cidr, cidr))
  return unionPorts(
    around.map((address) => {
      const ports = between(address.name)
      return direction === 'Ingress' ? ports : portsAtAddress(address, ports)
    }),
  )
}

/** One finding per counterpart; only the widest where a rule is open to any pod of any namespace. */
function describeSurplus(
  policy: NetworkPolicy,
  direction: Direction,
  openings: readonly Opening[],
): Finding[] {
  const surplus = new Map(
    [...groupBy(openings, ({ title }) => title)].map(([title, group]) => [
      title,
      unionPorts(group.map(({ open, declared }) => subtractPorts(open, declared))),
    ]),
  )
  const widest = surplus.get(anyPod) ?? noPorts
  return [...surplus].flatMap(([title, ports]) => {
    // Addresses (which alone have a slash in their title) are no pods: the widest stranger does not cover them.
    const beyond = title === anyPod || title.includes('/') ? ports : subtractPorts(ports, widest)
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
