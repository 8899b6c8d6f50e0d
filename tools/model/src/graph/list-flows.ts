import type { Definition } from '../definition.ts'
import type { Place } from '../locate/create-locator.ts'
import { narrowEnd, type End, type Labels, type PlatformEnd, type PodEnd, type Port } from '../parts/end.ts'
import { partKindOf } from '../parts/index.ts'
import type { Mesh, Operation } from '../parts/mesh-member.ts'
import type { Call, Door, Pair, Part } from '../parts/part.ts'
import { listCalls, type Surroundings } from './list-calls.ts'

/** One declared way from one end to another, and where it was declared. */
export interface DerivedFlow {
  /** `accounts->ledger`; for metrics `prometheus->accounts:metrics`. Unique in an environment. */
  id: string
  from: End
  to: End
  /** Where the end that listens does so; addresses have their own. */
  ports: readonly Port[]
  declared: Place
  /** The pods of `from` that call, by their labels. */
  callers?: readonly Labels[]
  /** The pods of `to` that listen, by their labels. */
  receivers?: readonly Labels[]
  /** What the callers ask for; anything where left out. */
  operations?: readonly Operation[]
  /** The lists of values below `network` that take it, at the ends that are parts of ours. */
  lists: { from?: string | undefined; to?: string | undefined }
}

/** What flows follow from. */
export interface Graph extends Surroundings {
  parts: readonly Part[]
  platform: ReadonlyMap<string, Definition<PlatformEnd>>
  /** The other region, where there is one. */
  pair: Definition<Pair> | undefined
  /** The mesh, where there is one. */
  mesh: Definition<Mesh> | undefined
}

/**
 * Every way that pods of an environment may talk, ordered by id: parts to what they call, the platform's own (gateway,
 * Prometheus, operators) to the doors that are for them, from the region that waits to the one that serves, and what
 * charts open by themselves among the pods of a part. DNS is open to all and no flow of the graph.
 */
export function listFlows(graph: Graph): DerivedFlow[] {
  const byName = new Map(graph.parts.map((part) => [part.name, part]))
  return graph.parts
    .flatMap((part) => [
      ...listCalls(part, graph).flatMap((call) => callFlows(part, call, byName, graph)),
      ...partKindOf(part.kind)
        .doors(part)
        .flatMap((door) => enterFlows(part, door, graph)),
      ...followFlows(part, graph),
      ...insideFlows(part),
    ])
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** To each door for clients of another part, or to a part of the platform; nothing where there is neither. */
function callFlows(
  part: Part,
  call: Call,
  byName: ReadonlyMap<string, Part>,
  { platform }: Graph,
): DerivedFlow[] {
  const from = podsOf(part, call)
  const declared = call.declared ?? part.place
  const target = byName.get(call.to)
  if (target)
    return doorsOf(target, part).map((door) => ({
      ...connectToDoor(from, target, door, declared),
      ...(call.operations && { operations: call.operations }),
      lists: { from: call.list, to: door.list },
    }))
  const found = platform.get(call.to)?.value
  if (!found) return []
  const to = call.ports ? narrowEnd(found, call.ports) : found
  const callers = [call.podLabels, ...(call.also ?? [])]
  const ports = portsAt(to)
  return [{ ...connect(from, to, call.suffix, ports, declared), callers, lists: { from: call.list } }]
}

/** From the part of the platform that a door is for. */
function enterFlows(part: Part, door: Door, { platform }: Graph): DerivedFlow[] {
  const from = platform.get(door.for)?.value
  if (!from) return []
  return [{ ...connectToDoor(from, part, door, door.declared ?? part.place), lists: { to: door.list } }]
}

/** What the chart opens by itself: no list of values takes it. */
function insideFlows(part: Part): DerivedFlow[] {
  const ways = partKindOf(part.kind).inside?.(part) ?? []
  return ways.map(({ suffix, from, to, ports }) => {
    const [caller, called] = [podsOf(part, { podLabels: from }), podsOf(part, { podLabels: to })]
    return { ...connect(caller, called, suffix, ports, part.place), lists: {} }
  })
}

/** The way between the two regions, as this one of them sees it: in where it serves, out where it waits. */
function followFlows(part: Part, graph: Graph): DerivedFlow[] {
  const { pair } = graph
  const following = pair && partKindOf(part.kind).follows?.(part, pair.value)
  if (!following) return []
  const { counterpart, cidrs, role } = pair.value
  const isSource = role === 'active'
  const { list, ports, suffix, podLabels } = isSource ? following.source : following.follower
  const here = podsOf(part, { podLabels })
  const there = { name: counterpart, addresses: [{ cidrs, ports }] }
  const [from, to] = isSource ? [there, here] : [here, there]
  const lists = isSource ? { to: list } : { from: list }
  const doors = isSource ? [] : (following.follower.doors ?? [])
  return [
    { ...connect(from, to, suffix, ports, pair.place), lists },
    ...doors.flatMap((door) => enterFlows(part, { ...door, declared: pair.place }, graph)),
  ]
}

function connect(from: End, to: End, suffix = '', ports: readonly Port[], declared: Place) {
  const [callers, receivers] = [labelsOf(from), labelsOf(to)]
  return {
    id: `${from.name}->${to.name}${suffix}`,
    from,
    to,
    ports,
    declared,
    ...(callers && { callers }),
    ...(receivers && { receivers }),
  }
}

function connectToDoor(from: End, part: Part, door: Door, declared: Place) {
  const flow = connect(from, podsOf(part, door), door.suffix, door.ports, declared)
  return { ...flow, ...(door.receivers && { receivers: door.receivers }) }
}

const labelsOf = (end: End) => ('addresses' in end ? undefined : [end.podLabels])

function podsOf({ name, namespace }: Part, { podLabels }: Pick<Door, 'podLabels'>): PodEnd {
  return { name, namespace, podLabels }
}

/** Of its kind, where there are such, or those of all that use the part. */
function doorsOf(target: Part, { kind }: Part): Door[] {
  const own = doorsFor(target, kind)
  return own.length > 0 ? own : doorsFor(target, 'clients')
}

function doorsFor(part: Part, whom: Door['for']): Door[] {
  return partKindOf(part.kind)
    .doors(part)
    .filter((door) => door.for === whom)
}

function portsAt(end: PlatformEnd): readonly Port[] {
  if (!('addresses' in end)) return end.ports
  const ports = end.addresses.flatMap((address) => address.ports)
  return [...new Map(ports.map((port) => [`${port.protocol} ${port.port}`, port])).values()]
}
