import type { Data } from '../define/data.ts'
import type { Environment } from '../define/environment.ts'
import type { Service } from '../define/service.ts'
import type { Definition } from '../assemble/read-definition.ts'
import { formatPath } from '../format-path.ts'
import type { JsonObject, Path } from '../json.ts'
import { toJson } from '../merge/build-node.ts'
import { mergeLayers } from '../merge/merge-layers.ts'
import { dataKinds } from './data/index.ts'
import { peerEnds } from './derive-data-flows.ts'
import type { DerivedFlow } from './derive-flows.ts'
import type { DerivedValues } from './derived-values.ts'
import { deriveDns } from './derive-dns.ts'
import { networkPeers, networkPorts } from './network-peer.ts'

/**
 * The values of a release of the data layer that follow from the model: who may reach it and whom it reaches, the tier
 * whose rules hold, users for the services that use it, and scraping.
 */
export function deriveDataValues(
  { value, place }: Definition<Data>,
  services: readonly Definition<Service>[],
  environment: Definition<Environment>,
  flows: readonly DerivedFlow[],
): DerivedValues {
  const users = services.flatMap(({ value: service }) =>
    service.uses?.[value.chart] === value.name ? service.name : [],
  )
  const dns = deriveDns(environment, ['network', 'dns'])
  const parts: DerivedValues[] = [
    dns,
    { values: deriveFlowLists(value.name, flows), places: placesOf(value.name, flows) },
    {
      values: dataKinds[value.chart].values(peerEnds(environment.value.peers), users.sort()),
      places: new Map([['network.operator', { ...environment.place, path: ['peers'] }]]),
    },
    {
      values: { tier: environment.value.tier },
      places: new Map([['tier', { ...environment.place, path: ['tier'] }]]),
    },
  ]
  const places = new Map([['network', place], ...parts.flatMap((part) => [...part.places])])
  return { values: toJson(mergeLayers(parts.map(({ values }) => values))) as JsonObject, places }
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
