import {
  allowedPorts,
  describePorts,
  intersectPorts,
  isEmpty,
  isolates,
  noPorts,
  unionPorts,
  type ClusterView,
  type Counterpart,
  type End,
  type PortSet,
} from '@opencore/verify'
import type { JudgedConnection } from './ask-netpol-analyzer.ts'
import { contains } from './addresses.ts'
import type { StandIns } from './stand-ins.ts'

/** What is open in a cluster: `<from> -> <to>: TCP 8080`, sorted. An end is a workload or an address. */
export type Openings = string[]

/** What our own evaluator lets through between the workloads of a cluster, and from and to some addresses. */
export function listOpenings(
  { network }: ClusterView,
  { ends }: StandIns,
  addresses: readonly string[],
): Openings {
  const policies = new Map(
    [...new Set(ends.values())].map((end) => {
      const of = (direction: 'Ingress' | 'Egress') =>
        network.policies.filter((policy) => isolates(policy, direction, end))
      return [end, { Ingress: of('Ingress'), Egress: of('Egress') }] as const
    }),
  )
  const allowed = (direction: 'Ingress' | 'Egress', end: End, other: Counterpart) =>
    allowedPorts(direction, end, other, policies.get(end)?.[direction] ?? [])
  const between = new Map<End, Map<End, string>>()
  const portsBetween = (from: End, to: End) => {
    const known = between.get(from) ?? new Map<End, string>()
    between.set(from, known)
    const ports =
      known.get(to) ?? describe(intersectPorts(allowed('Egress', from, to), allowed('Ingress', to, from)))
    known.set(to, ports)
    return ports
  }
  const workloads = [...ends]
  return [
    ...workloads.flatMap(([from, source]) =>
      workloads
        .filter(([to]) => to !== from)
        .map(([to, destination]) => write(from, to, portsBetween(source, destination))),
    ),
    ...workloads.flatMap(([name, end]) =>
      addresses.flatMap((address) => {
        const block = { cidr: `${address}/32` }
        return [
          write(name, address, describe(allowed('Egress', end, block))),
          write(address, name, describe(allowed('Ingress', end, block))),
        ]
      }),
    ),
  ]
    .flat()
    .sort()
}

/** The same, as somebody else judged it. */
export function readOpenings(
  judged: readonly JudgedConnection[],
  { ends }: StandIns,
  addresses: readonly string[],
): Openings {
  const found = new Map<string, PortSet>()
  const namesOf = (end: string) =>
    ends.has(end) ? [end] : addresses.filter((address) => contains(end, address))
  for (const { from, to, ports } of judged)
    for (const source of namesOf(from))
      for (const destination of namesOf(to)) {
        const key = `${source} -> ${destination}`
        found.set(key, unionPorts([found.get(key) ?? noPorts, { ...noPorts, ...ports }]))
      }
  return [...found].map(([ends, ports]) => `${ends}: ${describePorts(ports)}`).sort()
}

const describe = (ports: PortSet) => (isEmpty(ports) ? '' : describePorts(ports))
const write = (from: string, to: string, ports: string) =>
  ports === '' ? [] : [`${from} -> ${to}: ${ports}`]
