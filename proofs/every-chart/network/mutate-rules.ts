import type { JsonObject } from '@opencore/contract'
import { NOWHERE } from './stand-ins.ts'

/** A rule of one direction, with the list of peers under one name for both. */
export interface PolicyRule {
  peers: JsonObject[]
  ports: JsonObject[]
}

/** What becomes of a rule; nothing where the kind of change has no place in it. */
type Mutate = (rule: PolicyRule) => PolicyRule | undefined

/** A namespace that few rules are for. */
const OTHER = 'istio-ingress'
const NAME = 'kubernetes.io/metadata.name'

const byName = (name: string): JsonObject => ({ matchLabels: { [NAME]: name } })

/** Changes the first peer that a change fits, or the first port. */
function change(
  list: JsonObject[],
  mutate: (item: JsonObject) => JsonObject[] | undefined,
): JsonObject[] | undefined {
  const changed = list.map((item) => mutate(item))
  const index = changed.findIndex((items) => items !== undefined)
  if (index === -1) return undefined
  return list.toSpliced(index, 1, ...(changed[index] ?? []))
}

const inList =
  (list: keyof PolicyRule) =>
  (mutate: (item: JsonObject) => JsonObject[] | undefined): Mutate =>
  (rule) => {
    const changed = change(rule[list], mutate)
    return changed && { ...rule, [list]: changed }
  }
const inPeers = inList('peers')
const inPorts = inList('ports')

const inBlocks = (mutate: (block: { cidr: string; address: string; length: number }) => JsonObject) =>
  inPeers(({ ipBlock }) => {
    if (ipBlock === undefined) return undefined
    const { cidr } = ipBlock as { cidr: string }
    const [address = '', length] = cidr.split('/')
    return [{ ipBlock: mutate({ cidr, address, length: Number(length) }) }]
  })

const inSelectors = (mutate: (labels: JsonObject, selector: JsonObject) => JsonObject | undefined) =>
  inPeers((peer) => {
    if (peer['podSelector'] === undefined) return undefined
    const selector = peer['podSelector'] as JsonObject
    const podSelector = mutate((selector['matchLabels'] ?? {}) as JsonObject, selector)
    return podSelector && [{ ...peer, podSelector }]
  })

/** One change each, to a rule that lets something through: wider, narrower, or both. */
export const ruleMutations: Readonly<Record<string, Mutate>> = {
  'one more peer': ({ peers, ports }) => ({
    peers: [...peers, { namespaceSelector: byName(OTHER) }],
    ports,
  }),
  'the pods of the namespace as well': ({ peers, ports }) => ({
    peers: [...peers, { podSelector: {} }],
    ports,
  }),
  'one more block of addresses': ({ peers, ports }) => ({
    peers: [...peers, { ipBlock: { cidr: '203.0.113.0/24' } }],
    ports,
  }),
  'no peers': ({ ports }) => ({ peers: [], ports }),
  'a peer less': inPeers(() => []),
  'one more port': ({ peers, ports }) => ({ peers, ports: [...ports, { port: 4444, protocol: 'TCP' }] }),
  'no ports': ({ peers }) => ({ peers, ports: [] }),
  'a port less': inPorts(() => []),
  'another port': inPorts((port) => [{ ...port, port: 4444 }]),
  'an endPort': inPorts((port) =>
    typeof port['port'] === 'number' ? [{ ...port, endPort: port['port'] + 5 }] : undefined,
  ),
  'another protocol': inPorts((port) => [{ ...port, protocol: 'SCTP' }]),
  'one more protocol': inPorts((port) => [port, { ...port, protocol: 'SCTP' }]),
  'every port of a protocol': inPorts(({ protocol }) => [{ ...(protocol !== undefined && { protocol }) }]),
  'any namespace': inPeers((peer) =>
    peer['podSelector'] === undefined ? undefined : [{ ...peer, namespaceSelector: {} }],
  ),
  'another namespace': inPeers((peer) =>
    peer['podSelector'] === undefined ? undefined : [{ ...peer, namespaceSelector: byName(OTHER) }],
  ),
  'one more namespace': inPeers((peer) => {
    const { matchLabels } = (peer['namespaceSelector'] ?? {}) as { matchLabels?: JsonObject }
    const own = matchLabels?.[NAME]
    if (own === undefined) return undefined
    const matchExpressions = [{ key: NAME, operator: 'In', values: [own, NOWHERE] }]
    return [{ ...peer, namespaceSelector: { matchExpressions } }]
  }),
  'no pod labels': inSelectors(() => ({})),
  'a pod label less': inSelectors((labels, selector) => {
    const [, ...rest] = Object.entries(labels)
    return rest.length > 0 ? { ...selector, matchLabels: Object.fromEntries(rest) } : undefined
  }),
  'one more pod label': inSelectors((labels, selector) => ({
    ...selector,
    matchLabels: { ...labels, tier: 'gold' },
  })),
  'a wider block': inBlocks(({ address, length }) => ({ cidr: `${address}/${length - 8}` })),
  'a narrower block': inBlocks(({ cidr, address, length }) =>
    length < 32 ? { cidr: `${address}/${length + 1}` } : { cidr, except: [cidr] },
  ),
  'a hole in a block': inBlocks(({ cidr, address }) => ({ cidr, except: [`${address}/32`] })),
  'another block': inBlocks(() => ({ cidr: '203.0.113.7/32' })),
}
