import { keepsRole, type CloudIdentity } from '../parts/cloud-identity.ts'
import { partKindOf } from '../parts/index.ts'
import type { Call, Part } from '../parts/part.ts'

/** Whom a part calls where pods get credentials of the cloud as `identity` says. */
export function listCalls(part: Part, identity: CloudIdentity | undefined): Call[] {
  const hasRole =
    identity !== undefined && (keepsRole(identity) || Object.hasOwn(identity.roles ?? {}, part.name))
  return partKindOf(part.kind)
    .calls(part)
    .filter(({ ifRole }) => !ifRole || hasRole)
}
