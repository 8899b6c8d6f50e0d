import { groupBy } from '@opencore/contract'
import type { AddressPeer, DeclaredFlow } from '../declared-flow.ts'
import { matchesSelector, selectLabels, type Labels } from '../label-selector.ts'
import type { NetworkView } from './network-view.ts'
import { intersectPorts, noPorts, portRange, unionPorts, type PortSet } from './port-set.ts'

/** An end by its name; with labels, those pods of it alone. One without a name is in no flow. */
export interface NamedEnd {
  name: string | undefined
  labels?: Labels
}

/** The ports that flows declare between two ends. */
export type PortsBetween = (from: NamedEnd, to: NamedEnd) => PortSet

/** Index the flows of an environment by their ends. */
export function indexFlows(flows: readonly DeclaredFlow[], network: NetworkView): PortsBetween {
  const key = (from: string, to: string) => `${from}\u0000${to}`
  const ported = flows.map((flow) => ({ flow, ports: portsOfFlow(flow, network) }))
  const byEnds = groupBy(ported, ({ flow }) => key(flow.from, flow.to))
  return (from, to) => {
    if (from.name === undefined || to.name === undefined) return noPorts
    const between = byEnds.get(key(from.name, to.name)) ?? []
    const meant = between.filter(
      ({ flow }) => isAmong(from.labels, flow.callers) && isAmong(to.labels, flow.receivers),
    )
    return unionPorts(meant.map(({ ports }) => ports))
  }
}

/** Whether pods with these labels are among those that a flow is for. */
export function isAmong(labels: Labels | undefined, wanted: readonly Labels[] | undefined): boolean {
  if (labels === undefined || wanted === undefined) return true
  return wanted.some((each) => matchesSelector(labels, selectLabels(each)))
}

/** Those of a flow's ports that an address listens on. */
export function portsAtAddress({ ports }: AddressPeer, flow: PortSet): PortSet {
  if (ports === undefined) return flow
  return intersectPorts(flow, unionPorts(ports.map(({ protocol, port }) => portRange(protocol, port))))
}

/** The ports of a flow as numbers; a name is looked up at the destination's containers. */
export function portsOfFlow({ to, port, protocol = 'TCP' }: DeclaredFlow, network: NetworkView): PortSet {
  if (typeof port === 'number') return portRange(protocol, port)
  const named = network
    .endsNamed(to)
    .flatMap((end) =>
      end.ports.filter((candidate) => candidate.name === port && candidate.protocol === protocol),
    )
  return unionPorts(named.map((candidate) => portRange(protocol, candidate.port)))
}
