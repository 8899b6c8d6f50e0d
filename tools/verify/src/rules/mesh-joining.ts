import type { Finding } from '@opencore/contract'
import { isOver } from '../day.ts'
import type { AuthorizationPolicy } from '../mesh/authorization-policy.ts'
import type { MeshView } from '../mesh/mesh-view.ts'
import type { PeerAuthentication } from '../mesh/peer-authentication.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const meshJoining: Rule = {
  id: 'MESH_JOINING',
  reason:
    'A mesh that pods are still joining is open; one that closes before they have joined refuses those without a proxy.',
  check: ({ mesh }) => [
    ...(mesh.joining ? checkDay(mesh.joining) : []),
    ...mesh.policies.flatMap((policy) => checkPolicy(policy, mesh)),
  ],
}

/** Nobody knows what day it is but us: the cluster would stay open for ever. */
function checkDay({ rendered, joiningUntil = '' }: PeerAuthentication): Finding[] {
  const isLate = isOver(joiningUntil)
  return [
    {
      ...complain(rendered, {
        code: meshJoining.id,
        found: isLate
          ? `the mesh was to be joined until ${joiningUntil}, and still takes calls in plain and refuses nobody`
          : `the mesh is being joined until ${joiningUntil}: it takes calls in plain, and refuses nobody`,
        wanted: 'a mesh that is closed, once every pod has its proxy',
        next: 'when all its Applications are Healthy, take `joining` out of `mesh` of the environment, and promote it',
      }),
      ...(!isLate && { severity: 'warning' as const }),
    },
  ]
}

/** All of them, or none: what is enforced refuses callers that have no account yet, what is tried refuses nobody. */
function checkPolicy({ rendered, isTried }: AuthorizationPolicy, { joining }: MeshView): Finding[] {
  if (isTried === (joining !== undefined)) return []
  return [
    complain(rendered, {
      code: meshJoining.id,
      found: isTried
        ? `${describeObject(rendered.object)} has istio.io/dry-run, so it refuses nobody`
        : `${describeObject(rendered.object)} is enforced while the mesh is being joined, so it refuses callers that have no proxy yet`,
      wanted: isTried
        ? 'policies that are enforced'
        : 'istio.io/dry-run on every policy until the mesh is closed',
      next: 'render it from the graph, and say `mesh.joining` in the environment if its pods are still to get proxies',
    }),
  ]
}
