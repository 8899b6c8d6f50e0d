import { describeSelector, readSelector } from '../label-selector.ts'
import { podOf } from '../pods.ts'
import { read } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const noOverlappingSelectors: Rule = {
  id: 'WORKLOAD_SELECTORS_OVERLAP',
  reason:
    'A workload that selects the pods of another one counts them as its own: autoscaling and disruption budgets go wrong.',
  check: (cluster) =>
    cluster.objectsOf('Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet').flatMap((rendered) => {
      const selector = readSelector(read(rendered.object, 'spec', 'selector'))
      const own = podOf(rendered)
      if (own === undefined) return []
      return cluster
        .podsMatching(own.namespace, selector)
        .filter((pod) => pod.owner !== rendered)
        .map((pod) =>
          complain(rendered, {
            code: noOverlappingSelectors.id,
            found: `${describeObject(rendered.object)} selects ${describeSelector(selector)}, which pods of ${describeObject(pod.owner.object)} have too`,
            wanted: 'a selector that matches the pods of this workload alone',
            next: 'give each workload a label of its own, as in app.kubernetes.io/component',
          }),
        )
    }),
}
