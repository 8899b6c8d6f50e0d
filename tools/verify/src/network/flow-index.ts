import type { AddressPeer, DeclaredFlow } from '../declared-flow.ts'
import type { NetworkView } from './network-view.ts'
import { intersectPorts, noPorts, portRange, unionPorts, type PortSet } from './port-set.ts'

/** The ports that flows declare between two ends; none where an end has no name. */
export type PortsBetween = (from: string | undefined, to: string | undefined) => PortSet

/** Index the flows of an environment by their ends. */
export function indexFlows(flows: readonly DeclaredFlow[], network: NetworkView): PortsBetween {
  const key = (from: string, to: string) => `${from}\u0000${to}`
  const byEnds = new Map<string, PortSet>()
  for (const flow of flows) {
    const pair = key(flow.from, flow.to)
    byEnds.set(pair, unionPorts([byEnds.get(pair) ?? noPorts, portsOfFlow(flow, network)]))
  }
  return (from, to) =>
    from === undefined || to === undefined ? noPorts : (byEnds.get(key(from, to)) ?? noPorts)
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
