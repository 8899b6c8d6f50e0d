import {
  collect,
  failure,
  formatPosition,
  success,
  type Finding,
  type Result,
} from '@opencore/contract/findings'
import type { Environment } from '../define/environment.ts'
import type { Images } from '../define/images.ts'
import type { Pair } from '../graph/data/data-kind.ts'
import { deriveDataFlows, type DataFacts } from '../graph/derive-data-flows.ts'
import { deriveDataSettings } from '../graph/derive-data-settings.ts'
import { deriveDataValues } from '../graph/derive-data-values.ts'
import { deriveFlows, type DerivedFlow } from '../graph/derive-flows.ts'
import type { DerivedValues } from '../graph/derived-values.ts'
import { deriveFoundationValues } from '../graph/derive-foundation-values.ts'
import { deriveServiceValues } from '../graph/derive-service-values.ts'
import type { Locator } from '../locate/create-locator.ts'
import { effectiveValues, writtenValues } from '../merge/written-values.ts'
import { checkLayer } from './check-layer.ts'
import { checkRights } from './check-rights.ts'
import { checkValues } from './check-values.ts'
import type { PlatformInput } from './input.ts'
import type { Layer } from './layer.ts'
import { listReleases, type ReleaseSeed } from './list-releases.ts'
import { mergeRelease } from './merge-release.ts'
import type { Flow, PlatformEnvironment, Release } from './platform.ts'
import type { Definition } from './read-definition.ts'
import type { Definitions } from './read-definitions.ts'
import { readDataFacts } from './read-data-facts.ts'
import { readPair } from './read-pair.ts'
import { readServiceValues, type ServiceValues } from './read-service-values.ts'

/** One environment with all its releases, or everything that is wrong with their values. */
export function assembleEnvironment(
  environment: Definition<Environment>,
  definitions: Definitions,
  input: PlatformInput,
  locate: Locator,
): Result<PlatformEnvironment> {
  const tier = definitions.tiers.find(({ value }) => value.name === environment.value.tier)
  const seeds = listReleases(environment, definitions, input)
  if (!seeds.ok) return seeds
  if (!tier) return failure([])

  // The graph reads ports and images that layers set, the team's included, and is then merged below all of them.
  const effective = seeds.value.map((seed) => ({
    seed,
    values: effectiveValues(mergeRelease(seed), seed.chart.contract.defaults),
  }))
  const written = new Map(effective.map(({ seed, values }) => [seed.name, readServiceValues(seed, values)]))
  const data = effective.flatMap(({ seed, values }) => readDataFacts(seed, values, definitions.services))
  const broken = [
    ...seeds.value.flatMap(({ layers }) => layers.flatMap((layer) => checkLayer(layer, locate))),
    ...checkRights(definitions.services, data, locate),
  ]
  const { peers } = environment.value
  const pair = readPair(environment, definitions.environments)
  const flows = [
    ...deriveFlows(definitions.services, peers, (service) => portsOf(written.get(service))),
    ...deriveDataFlows(definitions.services, data, peers, pair),
  ].sort((a, b) => (a.id < b.id ? -1 : 1))
  const releases = collect(
    seeds.value.map((seed) =>
      finishRelease(
        seed,
        deriveValues(seed, { environment, definitions, flows, written, data, pair }),
        definitions.images.value,
        locate,
      ),
    ),
  )
  if (broken.length > 0 || !releases.ok) return failure([...broken, ...otherFindings(releases, broken)])
  return success({
    definition: environment.value,
    tier: tier.value,
    releases: releases.value,
    flows: flows.flatMap(plainFlows),
  })
}

interface Derivation {
  environment: Definition<Environment>
  definitions: Definitions
  flows: readonly DerivedFlow[]
  written: ReadonlyMap<string, ServiceValues>
  data: readonly DataFacts[]
  pair: Definition<Pair> | undefined
}

function deriveValues(
  seed: ReleaseSeed,
  { environment, definitions, flows, written, data, pair }: Derivation,
): DerivedValues {
  const own = data.find(({ definition }) => definition === seed.data)
  if (own) return deriveDataValues({ ...own, environment, flows, pair })
  if (seed.service)
    return deriveServiceValues({
      service: seed.service,
      environment,
      images: definitions.images,
      flows,
      image: written.get(seed.name)?.image ?? '',
      dataSettings: deriveDataSettings(seed.service, data),
      addressOf: (service) => written.get(service)?.address ?? '',
    })
  if (seed.chart.name === 'foundation')
    return deriveFoundationValues([...definitions.services, ...definitions.data], environment)
  return { values: {}, places: new Map() }
}

function finishRelease(
  seed: ReleaseSeed,
  derived: DerivedValues,
  images: Images,
  locate: Locator,
): Result<Release> {
  const layers = insertGraph(seed, derived)
  const { environment, name, namespace, chart } = seed
  const release = { environment, name, namespace, chart, layers }
  const merged = mergeRelease({ layers })
  const findings = checkValues(release, merged, images, locate)
  if (findings.length > 0) return failure(findings)
  return success({ ...release, values: writtenValues(merged) })
}

/** Above the chart's defaults alone: what somebody wrote wins, and what nobody may write is graph-owned in the schema. */
function insertGraph({ layers, graphPlace }: ReleaseSeed, { values, places }: DerivedValues): Layer[] {
  const graph: Layer = { kind: 'graph', title: 'service graph', values, place: graphPlace, places }
  const [chart, ...written] = layers
  return [...(chart ? [chart] : []), graph, ...written]
}

function portsOf(values: ServiceValues | undefined) {
  return values?.ports ?? { http: 0, management: 0 }
}

function plainFlows({ id, from, to, ports }: DerivedFlow): Flow[] {
  return ports.map(({ port, protocol }) => ({ id, from: from.name, to: to.name, port, protocol }))
}

/** What else is wrong; a value that cannot be printed also fits no schema, which says nothing new. */
function otherFindings(result: Result<unknown>, broken: readonly Finding[]): Finding[] {
  if (result.ok) return []
  const places = new Set(broken.map(({ at }) => formatPosition(at)))
  return result.findings.filter(({ at }) => !places.has(formatPosition(at)))
}
