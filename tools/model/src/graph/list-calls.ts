import { keepsRole, type CloudIdentity } from '../parts/cloud-identity.ts'
import { partKindOf } from '../parts/index.ts'
import { ISTIOD } from '../parts/mesh-member.ts'
import type { Call, Part } from '../parts/part.ts'

/** What decides whom parts call beside what they say: how pods get credentials of the cloud, and whether there is a mesh. */
export interface Surroundings {
  identity: CloudIdentity | undefined
  mesh: object | undefined
}

/** Whom a part calls in an environment; its proxies call the mesh's control plane. */
export function listCalls(part: Part, { identity, mesh }: Surroundings): Call[] {
  const hasRole =
    identity !== undefined && (keepsRole(identity) || Object.hasOwn(identity.roles ?? {}, part.name))
  const kind = partKindOf(part.kind)
  const member = mesh && kind.mesh?.(part)
  return [
    ...kind.calls(part).filter(({ ifRole }) => !ifRole || hasRole),
    ...(member ? [{ to: ISTIOD, podLabels: member.podLabels, list: member.list }] : []),
  ]
}
