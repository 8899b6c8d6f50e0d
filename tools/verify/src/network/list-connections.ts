import { viewObjects, type EnvironmentInput } from '../object-view.ts'
import { allowedPorts, portsOfRule } from './evaluate-policies.ts'
import { anyPod, ownerOf, type End } from './network-end.ts'
import { openPorts, type Direction, type NetworkRule } from './network-policy.ts'
import { viewNetwork } from './network-view.ts'
import {
  describePorts,
  everyPort,
  intersectPorts,
  isEmpty,
  subtractPorts,
  unionPorts,
  type PortSet,
} from './port-set.ts'

/** What may reach what: names of releases and peers, blocks of addresses, or strangers (`any pod of namespace x`). */
export interface Connection {
  from: string
  to: string
  /** Such as `TCP 8080`. */
  ports: string
}

/** What is open on one side and not on the other. */
export interface ConnectionChanges {
  opened: Connection[]
  closed: Connection[]
}

/** Which connections come and go from one state of an environment to another, in the order of their ends. */
export function compareConnections(before: EnvironmentInput, after: EnvironmentInput): ConnectionChanges {
  const [old, now] = [listConnections(before), listConnections(after)]
  return { opened: subtract(now, old), closed: subtract(old, now) }
}

/** Ports by the two ends. */
type Connections = ReadonlyMap<string, Opening>

interface Opening {
  from: string
  to: string
  ports: PortSet
}

const keyOf = (from: string, to: string) => JSON.stringify([from, to])

/** What is open beyond what was taken; where any pod is let through, the pods that there are say nothing more. */
function subtract(from: Connections, taken: Connections): Connection[] {
  return [...from.values()]
    .map((opening) => {
      const wider = [...coversOf(opening).flatMap((key) => from.get(key) ?? [])]
      const before = [keyOf(opening.from, opening.to), ...coversOf(opening)].flatMap(
        (key) => taken.get(key) ?? [],
      )
      const covered = unionPorts([...wider, ...before].map(({ ports }) => ports))
      return { ...opening, ports: subtractPorts(opening.ports, covered) }
    })
    .filter(({ ports }) => !isEmpty(ports))
    .map(({ ports, ...ends }) => ({ ...ends, ports: describePorts(ports) }))
    .sort((a, b) => compare(a.to, b.to) || compare(a.from, b.from))
}

/** The same ways from or to any pod, which include one. */
function coversOf({ from, to }: Opening): string[] {
  const isPod = (title: string) => title !== anyPod && !title.includes('/')
  return [...(isPod(from) ? [keyOf(anyPod, to)] : []), ...(isPod(to) ? [keyOf(from, anyPod)] : [])]
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b))

/**
 * What NetworkPolicies of an environment let through: what a rule opens at one end, and the other end does not refuse. Pods
 * that no policy isolates in a direction are open to everybody there.
 */
function listConnections(input: EnvironmentInput): Connections {
  const view = viewObjects(input)
  const network = viewNetwork(view)
  const titles = new Map(network.addresses.map(({ cidr, name }) => [cidr, name]))
  const found = new Map<string, Opening>()
  const add = (direction: Direction, pod: End, other: string, ports: PortSet) => {
    if (isEmpty(ports)) return
    const [from, to] = direction === 'Ingress' ? [other, pod.title] : [pod.title, other]
    const key = keyOf(from, to)
    found.set(key, { from, to, ports: unionPorts([found.get(key)?.ports ?? ports, ports]) })
  }
  for (const policy of network.policies)
    for (const direction of policy.directions)
      for (const rule of policy.rules[direction])
        for (const pod of network.subjectsOf(policy)) {
          for (const other of network.matchingRule(policy, rule)) {
            const open = portsOfRule(policy, direction, rule, pod, other)
            const back = direction === 'Ingress' ? 'Egress' : 'Ingress'
            const taken = allowedPorts(back, other, pod, network.policiesOf(other, back))
            add(direction, pod, other.title, intersectPorts(open, taken))
          }
          for (const cidr of listBlocks(rule))
            add(
              direction,
              pod,
              titles.get(cidr) ?? cidr,
              openPorts(rule, direction === 'Ingress' ? pod.ports : []),
            )
        }
  for (const pod of network.ends.filter(isOurs))
    for (const direction of ['Ingress', 'Egress'] as const)
      if (network.policiesOf(pod, direction).length === 0)
        for (const other of [anyPod, ...everywhere]) add(direction, pod, other, everyPort)
  return found
}

const isOurs = (end: End) => ownerOf(end) !== undefined

const everywhere = ['0.0.0.0/0', '::/0']

/** A rule for everybody opens every address, too. */
const listBlocks = ({ peers }: NetworkRule) =>
  peers.length === 0 ? everywhere : peers.flatMap((peer) => ('cidr' in peer ? peer.cidr : []))
