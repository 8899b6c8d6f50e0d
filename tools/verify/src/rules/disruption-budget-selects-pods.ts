import { describeSelector, readSelector } from '../label-selector.ts'
import { read } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const disruptionBudgetSelectsPods: Rule = {
  id: 'DISRUPTION_BUDGET_SELECTS_NOTHING',
  reason:
    'A PodDisruptionBudget that matches no pod protects nothing: a node drain may stop all replicas at once.',
  check: (cluster) =>
    cluster.objectsOf('PodDisruptionBudget').flatMap((rendered) => {
      const namespace = rendered.object.metadata.namespace ?? 'default'
      const selector = readSelector(read(rendered.object, 'spec', 'selector'))
      if (cluster.podsMatching(namespace, selector).length > 0) return []
      if (cluster.operandsMatching(namespace, selector).length > 0) return []
      return complain(rendered, {
        code: disruptionBudgetSelectsPods.id,
        found: `${describeObject(rendered.object)} selects ${describeSelector(selector)}, which no pod template has`,
        wanted: `a pod template in namespace ${namespace} that the selector matches`,
        next: 'compare spec.selector with the labels of the workload, or leave the budget out where the workload is off',
      })
    }),
}
