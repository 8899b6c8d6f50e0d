import type { Protocol } from '../pods.ts'

/** Ports from first to last, both included. */
type Range = readonly [first: number, last: number]

/** A set of ports per protocol, as sorted ranges that neither touch nor overlap. */
export type PortSet = Readonly<Record<Protocol, readonly Range[]>>

const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP']

export const noPorts: PortSet = { TCP: [], UDP: [], SCTP: [] }
export const everyPort: PortSet = { TCP: [[1, 65535]], UDP: [[1, 65535]], SCTP: [[1, 65535]] }

/** The ports from first to last of one protocol; none where last is below first. */
export function portRange(protocol: Protocol, first: number, last: number = first): PortSet {
  return first > last ? noPorts : { ...noPorts, [protocol]: [[first, last]] }
}

export function unionPorts(sets: readonly PortSet[]): PortSet {
  return perProtocol((protocol) => normalise(sets.flatMap((set) => set[protocol])))
}

/** The ports of the first set that the second does not have. */
export function subtractPorts(from: PortSet, taken: PortSet): PortSet {
  return perProtocol((protocol) =>
    taken[protocol].reduce<readonly Range[]>(
      (ranges, hole) => ranges.flatMap((range) => cut(range, hole)),
      from[protocol],
    ),
  )
}

/** The ports that both sets have. */
export function intersectPorts(one: PortSet, other: PortSet): PortSet {
  return subtractPorts(one, subtractPorts(one, other))
}

export function hasPort(set: PortSet, protocol: Protocol, port: number): boolean {
  return set[protocol].some(([first, last]) => first <= port && port <= last)
}

export function isEmpty(set: PortSet): boolean {
  return protocols.every((protocol) => set[protocol].length === 0)
}

/** `TCP 8080, UDP 53-54`, or `every port`. */
export function describePorts(set: PortSet): string {
  if (isEmpty(subtractPorts(everyPort, set))) return 'every port'
  return protocols
    .flatMap((protocol) => set[protocol].map(([first, last]) => `${protocol} ${describe(first, last)}`))
    .join(', ')
}

const describe = (first: number, last: number) => (first === last ? `${first}` : `${first}-${last}`)

function perProtocol(ranges: (protocol: Protocol) => readonly Range[]): PortSet {
  return { TCP: ranges('TCP'), UDP: ranges('UDP'), SCTP: ranges('SCTP') }
}

function normalise(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort(([a], [b]) => a - b)
  return sorted.reduce<Range[]>((done, range) => {
    const previous = done.at(-1)
    if (previous === undefined || range[0] > previous[1] + 1) return [...done, range]
    return [...done.slice(0, -1), [previous[0], Math.max(previous[1], range[1])]]
  }, [])
}

function cut([first, last]: Range, hole: Range): Range[] {
  const pieces: Range[] = [
    [first, Math.min(last, hole[0] - 1)],
    [Math.max(first, hole[1] + 1), last],
  ]
  return pieces.filter(([start, end]) => start <= end)
}
