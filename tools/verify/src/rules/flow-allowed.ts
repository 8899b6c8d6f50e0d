import type { Finding } from '@opencore/contract'
import type { AddressPeer, DeclaredFlow } from '../declared-flow.ts'
import { allowedPorts } from '../network/evaluate-policies.ts'
import { isAmong, portsAtAddress, portsOfFlow } from '../network/flow-index.ts'
import { ownerOf, type End } from '../network/network-end.ts'
import type { Direction } from '../network/network-policy.ts'
import type { NetworkView } from '../network/network-view.ts'
import { isEmpty, subtractPorts } from '../network/port-set.ts'
import { isLasting } from '../pods.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const flowAllowed: Rule = {
  id: 'FLOW_BLOCKED',
  reason: 'A declared flow that one end does not allow is a timeout in production.',
  check: ({ flows, network, environment }) =>
    flows
      .filter(({ isOptional }) => !isOptional)
      .flatMap((flow) => [...checkEnds(environment, flow, network), ...checkPolicies(flow, network)]),
}

function checkEnds(environment: string, flow: DeclaredFlow, network: NetworkView): Finding[] {
  const complainOfModel = (found: string, wanted: string, next: string): Finding => ({
    code: flowAllowed.id,
    severity: 'error',
    at: { file: `environments/${environment}/index.ts` },
    found: `flow ${describeFlow(flow)} names ${found}`,
    wanted,
    next,
  })
  const unknown = [flow.from, flow.to].filter((name) => counterpartsOf(network, name).length === 0)
  if (unknown.length === 0 && isEmpty(portsOfFlow(flow, network)))
    return [
      complainOfModel(
        `a port that no container of ${flow.to} has`,
        'the name of a container port, or a number',
        'correct the port of the flow',
      ),
    ]
  return unknown.map((name) =>
    complainOfModel(
      `${name}, which is neither a release with pods nor a declared peer`,
      'two ends that exist in this environment',
      `add ${name} to the environment, or remove the flow`,
    ),
  )
}

/** One end of a flow: its pods and addresses, and whether all of them are meant or, of those that operators make, some. */
interface Side {
  ends: readonly FlowEnd[]
  areAllMeant: boolean
}

type FlowEnd = End | AddressPeer

function checkPolicies(flow: DeclaredFlow, network: NetworkView): Finding[] {
  const ports = portsOfFlow(flow, network)
  const from = sideOf(network, flow.from, flow.callers)
  const to = sideOf(network, flow.to, flow.receivers)
  const blocked = (direction: Direction, side: Side, others: Side) => {
    const owners = side.ends.flatMap((end): RenderedObject[] => {
      const owner = 'cidr' in end ? undefined : ownerOf(end)
      if ('cidr' in end || owner === undefined || (end.operand && !side.areAllMeant)) return []
      const policies = network.policiesOf(end, direction)
      const isClosed = (other: FlowEnd) => {
        const wanted = 'cidr' in other ? portsAtAddress(other, ports) : ports
        return !isEmpty(subtractPorts(wanted, allowedPorts(direction, end, other, policies)))
      }
      const isOneOfSome = (other: FlowEnd) => !others.areAllMeant && 'operand' in other
      const some = others.ends.filter(isOneOfSome)
      const closed =
        others.ends.some((other) => !isOneOfSome(other) && isClosed(other)) ||
        (some.length > 0 && some.every(isClosed))
      return closed ? [owner] : []
    })
    // Several kinds of pods are made of one resource.
    return [...new Set(owners)].map((owner) => describeBlocked(owner, flow, direction))
  }
  return [...blocked('Egress', from, to), ...blocked('Ingress', to, from)]
}

function sideOf(network: NetworkView, name: string, labels: DeclaredFlow['callers']): Side {
  return { ends: counterpartsOf(network, name, labels), areAllMeant: labels !== undefined }
}

/** Pods of Jobs count where there are no others: beside a service's own they do what it does, and not all of it. */
function counterpartsOf(network: NetworkView, name: string, labels?: DeclaredFlow['callers']): FlowEnd[] {
  const meant = network.endsNamed(name).filter((end) => isAmong(end.labels, labels))
  const lasting = meant.filter(({ pod }) => pod === undefined || isLasting(pod))
  return [
    ...(lasting.length > 0 ? lasting : meant),
    ...network.addresses.filter((peer) => peer.name === name),
  ]
}

function describeBlocked(owner: RenderedObject, flow: DeclaredFlow, direction: Direction): Finding {
  const side = direction === 'Egress' ? 'its source' : 'its destination'
  return complain(owner, {
    code: flowAllowed.id,
    found: `flow ${describeFlow(flow)} is blocked at ${side}: no NetworkPolicy opens it for ${describeObject(owner.object)}`,
    wanted: `an ${direction.toLowerCase()} rule for the flow`,
    next: 'render the NetworkPolicy of the release from the graph; a team cannot close a declared flow',
  })
}

const describeFlow = ({ from, to, port, protocol = 'TCP' }: DeclaredFlow) =>
  `${from} -> ${to} ${protocol} ${port}`
