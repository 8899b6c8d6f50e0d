import type { Environment } from '../define/environment.ts'
import type { Images } from '../define/images.ts'
import type { Service } from '../define/service.ts'
import type { Definition } from '../assemble/read-definition.ts'
import { formatPath } from '../format-path.ts'
import type { Json, JsonObject, Path } from '../json.ts'
import type { Place } from '../locate/create-locator.ts'
import { toJson } from '../merge/build-node.ts'
import { mergeLayers } from '../merge/merge-layers.ts'
import type { DerivedFlow } from './derive-flows.ts'
import type { DerivedValues } from './derived-values.ts'
import { deriveDns } from './derive-dns.ts'
import { networkPeers, networkPorts } from './network-peer.ts'

/** What the values of a service's release are derived from. */
export interface ServiceFacts {
  service: Definition<Service>
  environment: Definition<Environment>
  images: Definition<Images>
  /** Every flow of the environment, ordered by id. */
  flows: readonly DerivedFlow[]
  /** `repository:tag`, after all layers. */
  image: string
  /** Environment variables that connect it to the data it uses, each set with the place of the use. */
  dataSettings: readonly DerivedSettings[]
  /** Where a used service answers, by its name: `http://ledger.banking-services.svc.cluster.local:8080`. */
  addressOf: (service: string) => string
}

/** What a service is told of one release of the data layer. */
export interface DerivedSettings {
  env: JsonObject
  place: Place
}

/**
 * The values of a service that follow from the model: who may reach it and whom it may reach, connection settings,
 * route and scraping as it exposes them, the digest of its image, and its role in a waiting region.
 */
export function deriveServiceValues(facts: ServiceFacts): DerivedValues {
  const parts = [
    deriveDns(facts.environment, ['network', 'dns']),
    deriveRole(facts),
    deriveDigest(facts),
    ...deriveNetwork(facts),
    ...deriveSettings(facts),
    ...facts.dataSettings.flatMap(({ env, place }) =>
      Object.entries(env).map(([name, value]) => derive(['env', name], value, place)),
    ),
    ...deriveExposure(facts),
  ]
  const places = new Map(parts.flatMap((part) => [...part.places]))
  return { values: toJson(mergeLayers(parts.map(({ values }) => values))) as JsonObject, places }
}

function deriveRole({ environment: { value, place } }: ServiceFacts): DerivedValues {
  return derive(['role'], value.role, { ...place, path: ['role'] })
}

function deriveDigest({ images, image }: ServiceFacts): DerivedValues {
  const digest = images.value[image]
  if (digest === undefined) return { values: {}, places: new Map() }
  return derive(['image', 'digest'], digest, { ...images.place, path: [image] })
}

function deriveNetwork({ service: { value }, flows }: ServiceFacts): DerivedValues[] {
  const directions = [
    { key: 'ingress', own: flows.filter(({ to }) => to.name === value.name), other: 'from' },
    { key: 'egress', own: flows.filter(({ from }) => from.name === value.name), other: 'to' },
  ] as const
  return directions.map(({ key, own, other }) => ({
    values: {
      network: {
        [key]: own.map((flow) => ({
          flow: flow.id,
          peers: networkPeers(flow[other]),
          ports: networkPorts(flow.ports),
        })),
      },
    },
    places: new Map(own.map(({ declared }, index) => [formatPath(['network', key, index]), declared])),
  }))
}

/** `LEDGER_URL` for a service that uses `ledger`: a default that a team's file may still replace. */
function deriveSettings({ service: { value, place }, addressOf }: ServiceFacts): DerivedValues[] {
  return (value.uses?.services ?? []).map((name, index) =>
    derive(['env', `${name.toUpperCase().replaceAll('-', '_')}_URL`], addressOf(name), {
      ...place,
      path: ['uses', 'services', index],
    }),
  )
}

function deriveExposure({ service: { value, place }, environment }: ServiceFacts): DerivedValues[] {
  const { edge, metrics } = value.exposes ?? {}
  const route = edge && {
    enabled: true,
    hostnames: [`${edge.host}.${environment.value.domain}`],
    rules: [{ matches: edge.paths.map((path) => ({ path: { type: 'PathPrefix', value: path } })) }],
  }
  return [
    ...(route ? [derive(['httpRoute'], route, { ...place, path: ['exposes', 'edge'] })] : []),
    ...(metrics
      ? [derive(['serviceMonitor', 'enabled'], true, { ...place, path: ['exposes', 'metrics'] })]
      : []),
  ]
}

function derive(path: Path, value: Json, place: Place): DerivedValues {
  const values = path.reduceRight<Json>((inner, step) => ({ [step]: inner }), value) as JsonObject
  return { values, places: new Map([[formatPath(path), place]]) }
}
