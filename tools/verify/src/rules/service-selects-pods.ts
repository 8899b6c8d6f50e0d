import { describeSelector, selectLabels } from '../label-selector.ts'
import { isRecord, read } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const serviceSelectsPods: Rule = {
  id: 'SERVICE_SELECTS_NOTHING',
  reason: 'A Service whose selector matches no pod has no endpoints: every call to it fails.',
  check: (cluster) =>
    cluster.objectsOf('Service').flatMap((rendered) => {
      const { metadata } = rendered.object
      const labels = read(rendered.object, 'spec', 'selector')
      if (!isRecord(labels)) return []
      const selector = selectLabels(labels)
      if (cluster.podsMatching(metadata.namespace ?? 'default', selector).length > 0) return []
      return complain(rendered, {
        code: serviceSelectsPods.id,
        found: `${describeObject(rendered.object)} selects ${describeSelector(selector)}, which no pod template has`,
        wanted: `a pod template in namespace ${metadata.namespace ?? 'default'} with these labels`,
        next: 'compare spec.selector with spec.template.metadata.labels of the workload',
      })
    }),
}
