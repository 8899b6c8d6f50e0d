import {
  collect,
  failure,
  formatPosition,
  success,
  type Finding,
  type Result,
} from '@opencore/contract/findings'
import { groupFlows } from '../graph/derive-network.ts'
import { deriveValues, listHoused, listKeepers, listPublished } from '../graph/derive-values.ts'
import { listFlows, type DerivedFlow } from '../graph/list-flows.ts'
import type { Locator } from '../locate/create-locator.ts'
import { writtenValues } from '../merge/written-values.ts'
import type { DerivedValues } from '../parts/derived-values.ts'
import { partKindOf } from '../parts/index.ts'
import type { Facts } from '../parts/part.ts'
import { checkCredentials } from './check-credentials.ts'
import { checkIdentity } from './check-identity.ts'
import { checkLayer } from './check-layer.ts'
import { checkOutside } from './check-outside.ts'
import { checkPlatform } from './check-platform.ts'
import { checkRights } from './check-rights.ts'
import { checkValues } from './check-values.ts'
import type { EnvironmentSources } from './environment-sources.ts'
import type { Layer } from './layer.ts'
import { listReleases, type ReleaseSeed } from './list-releases.ts'
import { readAlerting } from './read-alerting.ts'
import { mergeRelease } from './merge-release.ts'
import type { Flow, PlatformEnvironment, Release } from './platform.ts'
import { readGraph } from './read-graph.ts'

/**
 * One environment with all its releases, or everything that is wrong with their values.
 * @param only the one release that is asked about; all of them where none has that name, so that a near one can be said
 */
export function assembleEnvironment(
  sources: EnvironmentSources,
  locate: Locator,
  only?: string,
): Result<PlatformEnvironment> {
  const { environment, definitions } = sources
  const [tier] = definitions.tiers
  const seeds = listReleases(sources)
  if (!seeds.ok) return seeds
  if (!tier) return failure([])

  const { graph, seeded } = readGraph(seeds.value, environment, definitions)
  const flows = listFlows(graph)
  const flowsOf = groupFlows(flows)
  const published = listPublished(graph)
  const keepers = listKeepers(graph)
  const housed = listHoused(graph)
  const alerting = readAlerting(definitions)
  const asked = new Map<string, string>()
  const platform = (part: string) => (name: string) => {
    const found = graph.platform.get(name)
    if (!found && !asked.has(name)) asked.set(name, part)
    return found ?? { value: { name, addresses: [] }, place: environment.place }
  }
  const one = seeded.filter(({ seed }) => seed.name === only)
  const releases = collect(
    (one.length > 0 ? one : seeded).map(({ seed, part, grants }) => {
      const facts: Omit<Facts, 'settings'> = {
        part,
        environment,
        parts: graph.parts,
        published,
        keepers,
        housed,
        platform: platform(part.name),
        known: (name) => graph.platform.get(name),
        alerting,
      }
      const derived = deriveValues(facts, { graph, flows: flowsOf.get(part.name) ?? [], grants })
      return finishRelease(seed, derived, locate)
    }),
  )
  const broken = [
    ...seeds.value.flatMap(({ layers }) => layers.flatMap((layer) => checkLayer(layer, locate))),
    ...checkRights(graph.parts, locate),
    ...checkPlatform(graph, asked, environment, locate),
    ...checkOutside(graph, environment, locate),
    ...checkIdentity(graph.parts, environment, locate),
    ...checkCredentials(graph.parts, environment, locate),
  ]
  if (broken.length > 0 || !releases.ok) return failure([...broken, ...otherFindings(releases, broken)])
  return success({
    definition: environment.value,
    tier: tier.value,
    releases: releases.value,
    platform: [...graph.platform.values()].map(({ value }) => value),
    flows: flows.flatMap(plainFlows),
  })
}

function finishRelease(seed: ReleaseSeed, derived: DerivedValues, locate: Locator): Result<Release> {
  const layers = insertGraph(seed, derived)
  const { environment, name, team, namespace, chart } = seed
  const merged = mergeRelease({ layers })
  const values = writtenValues(merged)
  const release = { environment, name, team, namespace, chart, layers, values }
  const findings = checkValues(release, merged, locate)
  if (findings.length > 0) return failure(findings)
  return success({ ...release, makesNamespaces: partKindOf(chart.name).namespaces?.(values) ?? [] })
}

/** Above the chart's defaults alone: what somebody wrote wins, and what nobody may write is graph-owned in the schema. */
function insertGraph({ layers, graphPlace }: ReleaseSeed, { values, places }: DerivedValues): Layer[] {
  const graph: Layer = { kind: 'graph', title: 'service graph', values, place: graphPlace, places }
  const [chart, ...written] = layers
  return [...(chart ? [chart] : []), graph, ...written]
}

function plainFlows({ id, from, to, ports, declared, ...flow }: DerivedFlow): Flow[] {
  const { callers, receivers, operations } = flow
  const said = {
    ...(callers && { callers }),
    ...(receivers && { receivers }),
    ...(operations && { operations }),
  }
  const ends = { id, from: from.name, to: to.name, declared, ...said }
  return ports.map(({ port, protocol }) => ({ ...ends, port, protocol }))
}

/** What else is wrong; a value that cannot be printed also fits no schema, which says nothing new. */
function otherFindings(result: Result<unknown>, broken: readonly Finding[]): Finding[] {
  if (result.ok) return []
  const places = new Set(broken.map(({ at }) => formatPosition(at)))
  return result.findings.filter(({ at }) => !places.has(formatPosition(at)))
}
