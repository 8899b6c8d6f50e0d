import { describeSelector, type LabelSelector } from '../label-selector.ts'
import { viewObjects, type EnvironmentInput } from '../object-view.ts'
import { allowedPorts, portsOfRule } from './evaluate-policies.ts'
import { anyPod, ownerOf, type End } from './network-end.ts'
import { openPorts, type Direction, type NetworkRule, type PeerSelector } from './network-policy.ts'
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
  /** The end that is not there yet: the door is open already, to whoever takes its labels. */
  absent?: 'from' | 'to'
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
  absent?: 'from' | 'to'
  /** A door whose pods are there: what goes through it is said by itself. */
  isMet?: boolean
}

type Door = Pick<Opening, 'absent' | 'isMet'>

const keyOf = (from: string, to: string, absent?: 'from' | 'to') => JSON.stringify([from, to, absent])

/** What is open beyond what was taken; where any pod is let through, the pods that there are say nothing more. */
function subtract(from: Connections, taken: Connections): Connection[] {
  return [...from.values()]
    .filter(({ isMet = false }) => !isMet)
    .map((opening) => {
      const wider = coversOf(opening).flatMap((key) => from.get(key) ?? [])
      const own = keyOf(opening.from, opening.to, opening.absent)
      const before = [own, ...coversOf(opening)].flatMap((key) => taken.get(key) ?? [])
      const covered = unionPorts([...wider, ...before].map(({ ports }) => ports))
      return { ...opening, ports: subtractPorts(opening.ports, covered) }
    })
    .filter(({ ports }) => !isEmpty(ports))
    .map(({ from: one, to, ports, absent }) => {
      return { from: one, to, ports: describePorts(ports), ...(absent && { absent }) }
    })
    .sort((a, b) => compare(a.to, b.to) || compare(a.from, b.from))
}

/** The same ways from or to any pod, which include one; and the same way once who was not there is. */
function coversOf({ from, to, absent }: Opening): string[] {
  const isPod = (title: string) => title !== anyPod && !title.includes('/')
  return [
    ...(absent === undefined ? [] : [keyOf(from, to)]),
    ...(isPod(from) ? [keyOf(anyPod, to)] : []),
    ...(isPod(to) ? [keyOf(from, anyPod)] : []),
  ]
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b))

/**
 * What NetworkPolicies of an environment let through: what a rule opens at one end, and the other end does not refuse. Pods
 * that no policy isolates in a direction are open to everybody there. Where a rule opens something for pods that are not there,
 * that end is said to be absent.
 */
function listConnections(input: EnvironmentInput): Connections {
  const view = viewObjects(input)
  const network = viewNetwork(view)
  const titles = new Map(network.addresses.map(({ cidr, name }) => [cidr, name]))
  const found = new Map<string, Opening>()
  const add = (direction: Direction, pod: End, other: string, ports: PortSet, door: Door = {}) => {
    if (isEmpty(ports)) return
    const [from, to] = direction === 'Ingress' ? [other, pod.title] : [pod.title, other]
    const key = keyOf(from, to, door.absent)
    found.set(key, { from, to, ports: unionPorts([found.get(key)?.ports ?? ports, ports]), ...door })
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
          const ports = openPorts(rule, direction === 'Ingress' ? pod.ports : [])
          for (const block of listBlocks(rule)) add(direction, pod, titleOfBlock(block, titles), ports)
          for (const peer of rule.peers)
            if (!('cidr' in peer)) {
              const isMet = network.matchingPeer(policy, peer).length > 0
              const absent = direction === 'Ingress' ? 'from' : 'to'
              add(direction, pod, titleOf(peer, policy.namespace), ports, { absent, isMet })
            }
        }
  for (const pod of network.ends.filter(isOurs))
    for (const direction of ['Ingress', 'Egress'] as const)
      if (network.policiesOf(pod, direction).length === 0)
        for (const other of [anyPod, ...everywhere]) add(direction, pod, other, everyPort)
  return found
}

/** Pods that are not there: a release by its name, and whatever else by what is asked of it. */
function titleOf({ pods, namespaces }: PodSelector, own: string): string {
  const title = nameIn(pods, 'app.kubernetes.io/name') ?? `pods with ${describeSelector(pods)}`
  if (namespaces === undefined) return title
  const namespace = nameIn(namespaces, 'kubernetes.io/metadata.name')
  if (namespace === own) return title
  return `${title} of ${namespace === undefined ? `namespaces with ${describeSelector(namespaces)}` : `namespace ${namespace}`}`
}

type PodSelector = Exclude<PeerSelector, { cidr: string }>

/** The value of a label, where a selector asks for nothing else. */
function nameIn({ matchLabels, matchExpressions }: LabelSelector, label: string): string | undefined {
  const [only, ...more] = [...Object.keys(matchLabels), ...matchExpressions]
  return only === label && more.length === 0 ? matchLabels[label] : undefined
}

const isOurs = (end: End) => ownerOf(end) !== undefined

const everywhere = ['0.0.0.0/0', '::/0']

/** Addresses by themselves, also where an environment has a name for them: whoever names them may name anything. */
function titleOfBlock({ cidr, except }: Block, titles: ReadonlyMap<string, string>): string {
  const block = except.length === 0 ? cidr : `${cidr} without ${[...except].sort().join(', ')}`
  const name = titles.get(cidr)
  return name === undefined ? block : `${name} (${block})`
}

type Block = Extract<PeerSelector, { cidr: string }>

/** A rule for everybody opens every address, too. */
const listBlocks = ({ peers }: NetworkRule): Block[] =>
  peers.length === 0
    ? everywhere.map((cidr) => ({ cidr, except: [] }))
    : peers.flatMap((peer) => ('cidr' in peer ? peer : []))
