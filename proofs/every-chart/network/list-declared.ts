import {
  describePorts,
  isAmong,
  noPorts,
  ownerOf,
  portsAtAddress,
  portsOfFlow,
  unionPorts,
  type ClusterView,
  type End,
  type PortSet,
} from '@opencore/verify'
import { isInBlock } from './addresses.ts'
import type { Openings } from './list-openings.ts'
import type { StandIns } from './stand-ins.ts'

/**
 * What the flows of an environment say may be open, in the form of what is: for each flow every pod that may call, every
 * pod that may be called, and the ports. Between what is not ours everything is open.
 */
export function listDeclared(
  { flows, network }: ClusterView,
  { ends }: StandIns,
  addresses: readonly string[],
): Openings {
  const found = new Map<string, PortSet>()
  const add = (from: string, to: string, ports: PortSet) => {
    if (from === to) return
    const key = `${from} -> ${to}`
    found.set(key, unionPorts([found.get(key) ?? noPorts, ports]))
  }
  const podsOf = (name: string, labels: Parameters<typeof isAmong>[1]) =>
    [...ends]
      .filter(([, end]) => end.name === name && isAmong(end.labels, labels))
      .map(([workload]) => workload)
  for (const flow of flows) {
    const ports = portsOfFlow(flow, network)
    const [callers, receivers] = [podsOf(flow.from, flow.callers), podsOf(flow.to, flow.receivers)]
    for (const from of callers) for (const to of receivers) add(from, to, ports)
    for (const peer of network.addresses)
      for (const address of addresses.filter((each) => isInBlock(peer.cidr, each))) {
        if (peer.name === flow.to) for (const from of callers) add(from, address, portsAtAddress(peer, ports))
        if (peer.name === flow.from) for (const to of receivers) add(address, to, ports)
      }
  }
  return [...found]
    .filter(([, ports]) => describePorts(ports) !== '')
    .map(([pair, ports]) => `${pair}: ${describePorts(ports)}`)
    .sort()
}

/** Those openings of which one end is ours: nobody judges the others. */
export function keepOurs(openings: Openings, { ends }: StandIns): Openings {
  const isOurs = (workload: string) => {
    const end: End | undefined = ends.get(workload)
    return end !== undefined && ownerOf(end) !== undefined
  }
  return openings.filter((opening) => {
    const [from = '', to = ''] = opening.split(': ')[0]?.split(' -> ') ?? []
    return isOurs(from) || isOurs(to)
  })
}
