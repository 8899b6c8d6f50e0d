import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const podIsolated: Rule = {
  id: 'POD_NOT_ISOLATED',
  reason: 'A pod that no NetworkPolicy selects may talk to everybody, whatever the other rules say.',
  check: ({ network }) =>
    network.ends.flatMap((end) => {
      if (end.pod === undefined) return []
      const { owner, namespace } = end.pod
      const open = (['Ingress', 'Egress'] as const).filter(
        (direction) => network.policiesOf(end, direction).length === 0,
      )
      return open.map((direction) =>
        complain(owner, {
          code: podIsolated.id,
          found: `${describeObject(owner.object)} has no NetworkPolicy for ${direction.toLowerCase()}: everything is allowed`,
          wanted: `a policy that selects its pods, as foundation's default deny for namespace ${namespace}`,
          next: `add ${namespace} to the namespaces of foundation`,
        }),
      )
    }),
}
