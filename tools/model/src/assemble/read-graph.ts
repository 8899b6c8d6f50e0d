import { mergeValues } from '@opencore/contract'
import type { Definition } from '../definition.ts'
import type { Environment } from '../define/environment.ts'
import { deriveGrants } from '../graph/derive-grants.ts'
import type { Graph } from '../graph/list-flows.ts'
import { listPlatformEnds } from '../graph/platform-ends.ts'
import { readPart, withGrants } from '../graph/read-part.ts'
import type { JsonObject } from '../json.ts'
import { writtenValues } from '../merge/written-values.ts'
import { joinDerived, type DerivedValues } from '../parts/derived-values.ts'
import { deriveRotation, withDatabases } from '../parts/derive-rotation.ts'
import type { Part } from '../parts/part.ts'
import { findTelemetry } from '../parts/telemetry.ts'
import type { ReleaseSeed } from './list-releases.ts'
import { mergeRelease } from './merge-release.ts'
import type { Definitions } from './read-definitions.ts'
import { readPair } from './read-pair.ts'

/** A release, what the graph sees of it, and the users that follow from services. */
export interface SeededPart {
  seed: ReleaseSeed
  part: Part
  grants: DerivedValues
}

/**
 * The graph of one environment. It reads ports, names and images that layers set, the team's included, and what it
 * derives is merged below all of them.
 */
export function readGraph(
  seeds: readonly ReleaseSeed[],
  environment: Definition<Environment>,
  definitions: Definitions,
): { graph: Graph; seeded: SeededPart[] } {
  const read = seeds.map((seed) => {
    const { chart, definition, graphPlace, name, namespace, team } = seed
    const owner = definition ?? definitions.defaults
    const defaults = chart.contract.defaults as JsonObject
    const written = writtenValues(mergeRelease(seed))
    const source = {
      ...{ name, namespace, kind: chart.name, place: definition?.place ?? graphPlace },
      team: { value: team, place: { ...owner.place, path: ['team'] } },
    }
    const values = mergeValues(defaults, written) as JsonObject
    const part = readPart({ ...source, ...(definition && { definition }) }, values)
    return { seed, part, defaults, written }
  })
  const declared = read.flatMap(({ seed, part }) => (seed.definition ? part : []))
  const around = { parts: read.map(({ part }) => part), environment }
  const seeded = read.map(({ seed, part, defaults, written }) => {
    const grants = joinDerived([deriveGrants(part, declared), deriveRotation(part, around)])
    return { seed, part: withDatabases(withGrants(part, grants, defaults, written), around), grants }
  })
  const parts = seeded.map(({ part }) => part)
  const graph = {
    parts,
    collector: findTelemetry(parts),
    platform: listPlatformEnds(definitions.platform, environment),
    pair: readPair(environment, definitions.environments),
    identity: environment.value.identity,
    mesh: readMesh(environment),
  }
  return { graph, seeded }
}

function readMesh({ value: { mesh }, place }: Definition<Environment>): Graph['mesh'] {
  return mesh && { value: mesh, place: { ...place, path: ['mesh'] } }
}
