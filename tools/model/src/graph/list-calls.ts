import { keepsRole, type CloudIdentity } from '../parts/cloud-identity.ts'
import { partKindOf } from '../parts/index.ts'
import { ISTIOD } from '../parts/mesh-member.ts'
import type { Call, Part } from '../parts/part.ts'
import { callGateway } from '../parts/telemetry.ts'

/**
 * What decides whom parts call beside what they say: how pods get credentials of the cloud, whether there is a mesh, and where
 * traces and logs go.
 */
export interface Surroundings {
  identity: CloudIdentity | undefined
  mesh: object | undefined
  collector: Part | undefined
}

/** Whom a part calls in an environment; its proxies call the mesh's control plane. */
export function listCalls(part: Part, { identity, mesh, collector }: Surroundings): Call[] {
  const hasRole =
    identity !== undefined && (keepsRole(identity) || Object.hasOwn(identity.roles ?? {}, part.name))
  const kind = partKindOf(part.kind)
  const member = mesh && kind.mesh?.(part)
  const sender = collector && kind.sends?.(part)
  return [
    ...kind.calls(part).filter(({ ifRole }) => !ifRole || hasRole),
    ...(sender ? [{ ...callGateway(collector), ...sender }] : []),
    ...(member ? [{ to: ISTIOD, podLabels: member.podLabels, list: member.list }] : []),
  ]
}
