import type { Data } from '../define/data.ts'
import type { Peers } from '../define/peer.ts'
import type { Service } from '../define/service.ts'
import { readUse } from '../define/use.ts'
import type { Definition } from '../assemble/read-definition.ts'
import { dataKinds } from './data/index.ts'
import type { DataRelease, Door, Pair, PeerEnds } from './data/data-kind.ts'
import type { DerivedValues } from './derived-values.ts'
import { endOf, peerEnd, type DerivedFlow, type End, type PodEnd } from './derive-flows.ts'

/** A definition of the data layer with what its values say in one environment. */
export interface DataFacts {
  definition: Definition<Data>
  release: DataRelease
  /** Users that follow from services; they are in the release's values. */
  grants: DerivedValues
}

/**
 * The ways to and from the data layer, ordered by id: services to what they use, operators and Prometheus to what they
 * look after, its own ways out to the API server and the object store, and from the region that waits to the one that
 * serves.
 */
export function deriveDataFlows(
  services: readonly Definition<Service>[],
  data: readonly DataFacts[],
  peers: Peers,
  pair?: Definition<Pair>,
): DerivedFlow[] {
  const ends = peerEnds(peers)
  const flows = data.flatMap(({ definition: { value, place }, release }) => {
    const kind = dataKinds[value.chart]
    const into = (from: PodEnd, doors: readonly Door[], declared: DerivedFlow['declared']) =>
      doors.map((door) => enter(from, release, door, declared))
    const used = services
      .filter(({ value: service }) => readUse(service.uses?.[value.chart])?.name === value.name)
      .flatMap((service) =>
        into(endOf(service.value), kind.clients(release), {
          ...service.place,
          path: ['uses', value.chart],
        }),
      )
    const operated = kind.operator ? into(ends[kind.operator.peer], kind.operator.doors(release), place) : []
    const scraped = into(peerEnd('prometheus', peers.prometheus), kind.metrics(release), place)
    const out = kind.reaches(release).map(({ peer, list }): DerivedFlow => {
      const [door] = kind.clients(release)
      const from = { name: value.name, namespace: value.namespace, podLabels: door?.podLabels ?? {} }
      const to = ends[peer]
      return { id: `${value.name}->${to.name}`, from, to, ports: to.ports, declared: place, list }
    })
    return [...used, ...operated, ...scraped, ...out, ...deriveFollowing(value, release, pair)]
  })
  return flows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The way between the two regions, as this one of them sees it: in where it serves, out where it waits. */
function deriveFollowing({ chart }: Data, release: DataRelease, pair?: Definition<Pair>): DerivedFlow[] {
  const following = pair && dataKinds[chart].follows?.(release, pair.value)
  if (!following) return []
  const { counterpart, cidrs, role } = pair.value
  const { name, namespace } = release
  const { podLabels, ports, list, suffix = '' } = role === 'active' ? following.source : following.follower
  const listening = ports.map((port) => ({ port, protocol: 'TCP' as const }))
  const here = { name, namespace, podLabels }
  const there = { name: counterpart, cidrs, ports: listening }
  const [from, to] = role === 'active' ? [there, here] : [here, there]
  return [{ id: `${from.name}->${to.name}${suffix}`, from, to, ports: listening, declared: pair.place, list }]
}

/** The far ends of the data layer: its operators, and what it knows by address. */
export function peerEnds(peers: Peers): PeerEnds {
  return {
    cloudNativePg: peerEnd('cloud-native-pg', peers.cloudNativePg),
    strimzi: peerEnd('strimzi', peers.strimzi),
    redisOperator: peerEnd('redis-operator', peers.redisOperator),
    kubernetesApi: { name: 'kubernetes-api', ...peers.kubernetesApi },
    objectStore: { name: 'object-store', ...peers.objectStore },
  }
}

function enter(
  from: PodEnd,
  { name, namespace }: DataRelease,
  { podLabels, ports, list, suffix = '' }: Door,
  declared: DerivedFlow['declared'],
): DerivedFlow {
  const to: End = { name, namespace, podLabels }
  const listening = ports.map((port) => ({ port, protocol: 'TCP' as const }))
  return { id: `${from.name}->${name}${suffix}`, from, to, ports: listening, declared, list }
}
