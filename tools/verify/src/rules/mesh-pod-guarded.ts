import type { Finding } from '@opencore/contract'
import { isOfAll, rootNamespace, type MeshView } from '../mesh/mesh-view.ts'
import { ownerOf } from '../network/network-end.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const meshPodGuarded: Rule = {
  id: 'MESH_POD_OPEN',
  reason: 'Where no AuthorizationPolicy selects a pod, Istio lets everybody in.',
  check: ({ mesh }) => [
    ...checkWhole(mesh),
    ...mesh.members.flatMap((end) => {
      const owner = ownerOf(end)
      if (!owner || mesh.policiesOf(end).length > 0) return []
      return complain(owner, {
        code: meshPodGuarded.id,
        found: `no AuthorizationPolicy selects the pods of ${describeObject(owner.object)}, so everybody in the mesh may call them`,
        wanted: 'a policy with the callers that the graph knows',
        next: 'render it from the graph, or compare spec.selector with the labels of the workload',
      })
    }),
    ...mesh.policies.flatMap((policy) => {
      if (!policy.subjects || mesh.gatewaysOf(policy).length > 0) return []
      if (mesh.subjectsOf(policy).some((end) => mesh.members.includes(end))) return []
      return complain(policy.rendered, {
        code: meshPodGuarded.id,
        found: `${describeObject(policy.rendered.object)} selects no pod that has a proxy, so nothing enforces it`,
        wanted: 'a selector that pods of the mesh match',
        next: 'compare spec.selector with the labels of the workload',
      })
    }),
  ],
}

/** What comes next, and has no policy of its own yet. */
function checkWhole({ members, policies }: MeshView): Finding[] {
  const [first] = members
  const ofAll = policies.filter(isOfAll)
  const isClosed = ofAll.length > 0 && ofAll.every(({ rules, unread }) => rules.length + unread.length === 0)
  const owner = first && ownerOf(first)
  if (!owner || isClosed) return []
  return [
    complain(owner, {
      code: meshPodGuarded.id,
      found: `nothing closes the mesh, so that a pod without an AuthorizationPolicy of its own beside ${describeObject(owner.object)} would be open to everybody`,
      wanted: `an AuthorizationPolicy without selector and rules in ${rootNamespace}, and none with rules for everybody`,
      next: 'add the component `mesh` to the defaults',
    }),
  ]
}
