import { mergeValues } from '@opencore/contract'
import { formatPath } from '../format-path.ts'
import { isMap, type Path } from '../json.ts'
import { deriveAlertLabels } from '../parts/derive-alert-labels.ts'
import { joinDerived, nothing, type DerivedValues } from '../parts/derived-values.ts'
import { partKindOf } from '../parts/index.ts'
import type { Facts, Part } from '../parts/part.ts'
import { deriveAccount } from './derive-account.ts'
import { deriveApiServer } from './derive-api-server.ts'
import { deriveMesh } from './derive-mesh.ts'
import { deriveNetwork, type OwnFlow } from './derive-network.ts'
import { listCalls } from './list-calls.ts'
import type { Graph } from './list-flows.ts'

/**
 * The values of a part that follow from the model: what its kind derives, whom it reaches and who reaches it, its
 * users, and what it is to its like in another region.
 * @param flows those of the part, ordered by id
 * @param grants the users that follow from services
 */
export function deriveValues(
  facts: Omit<Facts, 'settings'>,
  { graph, flows, grants }: { graph: Graph; flows: readonly OwnFlow[]; grants: DerivedValues },
): DerivedValues {
  const { part, environment } = facts
  const kind = partKindOf(part.kind)
  const calls = listCalls(part, graph)
  return joinDerived([
    kind.values({ ...facts, settings: listSettings(part, graph) }),
    deriveAlertLabels(part, kind),
    deriveApiServer(calls, environment),
    deriveAccount(calls, facts),
    deriveNetwork(flows),
    deriveMesh(part, flows, graph),
    grants,
    deriveFollowing(part, graph),
  ])
}

/** Whose namespaces foundation makes. */
export function listHoused({ parts }: Graph): Facts['housed'] {
  return parts.filter(({ kind }) => !partKindOf(kind).isGuest)
}

/** What a part is told of each that it uses, and of where its traces go; defaults that layers may replace. */
function listSettings(part: Part, { parts, collector }: Graph): Facts['settings'] {
  const used = part.uses.flatMap(({ to, place }) => {
    const found = parts.find(({ name }) => name === to)
    return found ? [{ found, place }] : []
  })
  const sends = collector && partKindOf(part.kind).sends
  return [...(sends ? [{ found: collector, place: collector.place }] : []), ...used].map(
    ({ found, place }) => ({ ...partKindOf(found.kind).settings(found, part), place }),
  )
}

/** Who keeps secrets in the environment's vault. */
export function listKeepers({ parts }: Graph): Facts['keepers'] {
  return parts.flatMap((part) => {
    const place = partKindOf(part.kind).keeps?.(part)
    return place ? [{ part, place }] : []
  })
}

/** What all parts publish; what follows from the other region is among it. */
export function listPublished({ parts, pair }: Graph): Facts['published'] {
  return parts.flatMap((part) => {
    const { publishes, follows } = partKindOf(part.kind)
    const following = pair && follows?.(part, pair.value)
    const values = following ? (mergeValues(following.values, part.values) as Part['values']) : part.values
    const published = publishes?.({ ...part, values })
    return published && published.loadBalancers + published.nodePorts > 0 ? [{ ...published, part }] : []
  })
}

function deriveFollowing(part: Part, { pair }: Graph): DerivedValues {
  const following = pair && partKindOf(part.kind).follows?.(part, pair.value)
  if (!following) return nothing
  const paths = leafPaths(following.values)
  return { values: following.values, places: new Map(paths.map((path) => [formatPath(path), pair.place])) }
}

/** A map shares a place as a whole only where nobody else derives a part of it. */
function leafPaths(value: unknown, path: Path = []): Path[] {
  if (!isMap(value)) return [path]
  return Object.entries(value).flatMap(([key, inner]) => leafPaths(inner, [...path, key]))
}
