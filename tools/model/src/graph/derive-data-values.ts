import type { Environment } from '../define/environment.ts'
import type { Definition } from '../assemble/read-definition.ts'
import { formatPath } from '../format-path.ts'
import { isMap, type JsonObject, type Path } from '../json.ts'
import { toJson } from '../merge/build-node.ts'
import { mergeLayers } from '../merge/merge-layers.ts'
import type { Pair } from './data/data-kind.ts'
import { dataKinds } from './data/index.ts'
import { peerEnds, type DataFacts } from './derive-data-flows.ts'
import type { DerivedFlow } from './derive-flows.ts'
import type { DerivedValues } from './derived-values.ts'
import { deriveDns } from './derive-dns.ts'
import { networkPeers, networkPorts } from './network-peer.ts'

/** What the values of a release of the data layer are derived from. */
export interface DataValueFacts extends DataFacts {
  environment: Definition<Environment>
  /** Every flow of the environment, ordered by id. */
  flows: readonly DerivedFlow[]
  /** The other region, where there is one. */
  pair: Definition<Pair> | undefined
}

/**
 * The values of a release of the data layer that follow from the model: who may reach it and whom it reaches, the tier
 * whose rules hold, users for the services that use it, scraping, and what it is to its like in another region.
 */
export function deriveDataValues(facts: DataValueFacts): DerivedValues {
  const { definition, environment, flows } = facts
  const { value, place } = definition
  const parts: DerivedValues[] = [
    deriveDns(environment, ['network', 'dns']),
    { values: deriveFlowLists(value.name, flows), places: placesOf(value.name, flows) },
    deriveOwn(facts),
    facts.grants,
    deriveFollowing(facts),
    {
      values: { tier: environment.value.tier },
      places: new Map([['tier', { ...environment.place, path: ['tier'] }]]),
    },
  ]
  const places = new Map([['network', place], ...parts.flatMap((part) => [...part.places])])
  return { values: toJson(mergeLayers(parts.map(({ values }) => values))) as JsonObject, places }
}

function deriveOwn({ definition: { value }, environment }: DataValueFacts): DerivedValues {
  return {
    values: dataKinds[value.chart].values(peerEnds(environment.value.peers)),
    places: new Map([['network.operator', { ...environment.place, path: ['peers'] }]]),
  }
}

function deriveFollowing({ definition: { value }, release, pair }: DataValueFacts): DerivedValues {
  const following = pair && dataKinds[value.chart].follows?.(release, pair.value)
  if (!following) return { values: {}, places: new Map() }
  const paths = leafPaths(following.values)
  return { values: following.values, places: new Map(paths.map((path) => [formatPath(path), pair.place])) }
}

/** A map shares a place as a whole only where nobody else derives a part of it. */
function leafPaths(value: unknown, path: Path = []): Path[] {
  if (!isMap(value)) return [path]
  return Object.entries(value).flatMap(([key, inner]) => leafPaths(inner, [...path, key]))
}

function deriveFlowLists(name: string, flows: readonly DerivedFlow[]): JsonObject {
  const lists = new Map(ownLists(name, flows).map(({ list }) => [list, [] as JsonObject[]]))
  for (const { list, flow, other } of ownLists(name, flows))
    lists.get(list)?.push({ flow: flow.id, peers: networkPeers(other), ports: networkPorts(flow.ports) })
  return { network: Object.fromEntries(lists) }
}

function placesOf(name: string, flows: readonly DerivedFlow[]): DerivedValues['places'] {
  const counts = new Map<string, number>()
  return new Map(
    ownLists(name, flows).map(({ list, flow }) => {
      const index = counts.get(list) ?? 0
      counts.set(list, index + 1)
      const path: Path = ['network', list, index]
      return [formatPath(path), flow.declared] as const
    }),
  )
}

/** The flows of a release, each with its list of values and the end that is not the release. */
function ownLists(name: string, flows: readonly DerivedFlow[]) {
  return flows.flatMap((flow) => {
    if (flow.list === undefined) return []
    if (flow.to.name === name) return [{ list: flow.list, flow, other: flow.from }]
    return flow.from.name === name ? [{ list: flow.list, flow, other: flow.to }] : []
  })
}
