import { describeSelector } from '../label-selector.ts'
import { readNetworkPolicy } from '../network/network-policy.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const networkPolicySelectsPods: Rule = {
  id: 'NETWORK_POLICY_SELECTS_NOTHING',
  reason: 'A NetworkPolicy that selects no pod reads like protection and gives none.',
  check: (cluster) =>
    cluster.objectsOf('NetworkPolicy').flatMap((rendered) => {
      const { subjects, namespace } = readNetworkPolicy(rendered)
      // A policy for every pod of a namespace (default deny) is right before the first pod is there.
      if (describeSelector(subjects) === 'everything') return []
      if (cluster.podsMatching(namespace, subjects).length > 0) return []
      if (cluster.operandsMatching(namespace, subjects).length > 0) return []
      return complain(rendered, {
        code: networkPolicySelectsPods.id,
        found: `${describeObject(rendered.object)} selects ${describeSelector(subjects)}, which no pod template has`,
        wanted: `a pod template in namespace ${namespace} that spec.podSelector matches`,
        next: 'compare spec.podSelector with the labels of the workload',
      })
    }),
}
