import { formatPath } from '../format-path.ts'
import type { JsonObject, Path } from '../json.ts'
import { derive, joinDerived, nothing, type DerivedValues } from '../parts/derived-values.ts'
import type { End } from '../parts/end.ts'
import { partKindOf } from '../parts/index.ts'
import type { MeshMember, Operation } from '../parts/mesh-member.ts'
import type { Part } from '../parts/part.ts'
import type { OwnFlow } from './derive-network.ts'
import type { Graph } from './list-flows.ts'

/**
 * What a part is in the mesh of its environment: who calls it, by their accounts, and which Services it reaches. Nothing
 * where the environment has no mesh, or the part's pods stay outside.
 * @param flows those of the part, ordered by id
 */
export function deriveMesh(part: Part, flows: readonly OwnFlow[], graph: Graph): DerivedValues {
  const { mesh } = graph
  if (!mesh || !memberOf(part)) return nothing
  return joinDerived([
    derive(['mesh', 'mode'], mesh.value.mode, mesh.place),
    mesh.value.joining ? derive(['mesh', 'joining'], true, mesh.place) : nothing,
    derive(['mesh', 'reaches'], listReached(part, flows, graph), part.place),
    deriveCallers(
      flows.filter(({ flow }) => flow.to.name === part.name),
      graph,
    ),
  ])
}

/** What is known of a part in a mesh; none for those whose pods stay outside. */
export function memberOf(part: Part): MeshMember | undefined {
  return partKindOf(part.kind).mesh?.(part)
}

function deriveCallers(flows: readonly OwnFlow[], graph: Graph): DerivedValues {
  const places = new Map<string, OwnFlow['flow']['declared']>()
  const callers = flows.map(({ flow, other }, index): JsonObject => {
    const path: Path = ['mesh', 'callers', index]
    places.set(formatPath(path), flow.declared)
    const account = findAccount(other, graph)
    return {
      flow: flow.id,
      ports: flow.ports.map(({ port }) => port),
      ...(account && { account: { ...account } }),
      ...(flow.operations && { operations: flow.operations.map(writeOperation) }),
    }
  })
  return callers.length === 0 ? nothing : { values: { mesh: { callers } }, places }
}

function writeOperation({ methods, paths }: Operation): JsonObject {
  return { ...(methods && { methods: [...methods] }), ...(paths && { paths: [...paths] }) }
}

/** By what the mesh knows an end; nothing for one outside, which comes in plain. */
function findAccount(end: End, { parts, platform }: Graph): { namespace: string; name: string } | undefined {
  if ('addresses' in end) return undefined
  const part = parts.find(({ name }) => name === end.name)
  const known = platform.get(end.name)?.value
  const name = part ? memberOf(part)?.account : known && 'serviceAccount' in known && known.serviceAccount
  return name ? { namespace: end.namespace, name } : undefined
}

/** As a Sidecar names what it reaches: the Services of parts in the mesh. What is outside is passed on as it is. */
function listReached(part: Part, flows: readonly OwnFlow[], { parts }: Graph): string[] {
  const reached = flows.flatMap(({ flow }) => {
    const to = flow.from.name === part.name ? parts.find(({ name }) => name === flow.to.name) : undefined
    if (!to) return []
    return (memberOf(to)?.services ?? []).map(
      (service) => `${to.namespace}/${service}.${to.namespace}.svc.cluster.local`,
    )
  })
  return [...new Set(reached)].sort()
}
