import { asText, read } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** Each kind of autoscaler and the field that names what it scales. */
const targets = {
  HorizontalPodAutoscaler: 'scaleTargetRef',
  VerticalPodAutoscaler: 'targetRef',
  ScaledObject: 'scaleTargetRef',
}

export const autoscalerTargetExists: Rule = {
  id: 'AUTOSCALER_TARGET_MISSING',
  reason: 'An autoscaler without its target never scales: load grows and replicas do not.',
  check: (cluster) =>
    Object.entries(targets).flatMap(([kind, field]) =>
      cluster.objectsOf(kind).flatMap((rendered) => {
        const target = read(rendered.object, 'spec', field)
        const name = asText(read(target, 'name'))
        const targetKind = asText(read(target, 'kind')) ?? 'Deployment'
        if (name === undefined) return []
        if (cluster.exists(targetKind, rendered.object.metadata.namespace, name)) return []
        return complain(rendered, {
          code: autoscalerTargetExists.id,
          found: `${describeObject(rendered.object)} scales ${targetKind} ${name}, which nothing creates`,
          wanted: `a ${targetKind} ${name} in the same namespace`,
          next: `correct spec.${field}, or enable the workload`,
        })
      }),
    ),
}
