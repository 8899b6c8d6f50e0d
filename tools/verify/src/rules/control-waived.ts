import type { ClusterView } from '../cluster-view.ts'
import { isOver } from '../day.ts'
import { asLabels } from '../read.ts'
import { complain, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'
import { describeWaiver, readWaivers, type Waiver } from '../waiver.ts'

export const controlWaived: Rule = {
  id: 'CONTROL_WAIVED',
  reason: 'A waiver that nobody is reminded of stays for ever, and admission cannot tell what day it is.',
  check: (cluster) =>
    cluster
      .objectsOf('ValidatingAdmissionPolicy')
      .flatMap((rendered) => readWaivers(rendered.object).map((waiver) => judge(cluster, rendered, waiver))),
}

function judge(cluster: ClusterView, rendered: RenderedObject, waiver: Waiver) {
  const of = `controls.waivers.${waiver.name} of ${waiver.control}`
  const code = controlWaived.id
  if (isOver(waiver.expires))
    return complain(rendered, {
      code,
      found: `${of} is over: ${describeWaiver(waiver)}`,
      wanted: 'no waiver whose day is over',
      next: `mend what the control finds and remove the waiver; or ${waiver.owner} says a new day and why`,
    })
  const objects = cluster.objects.filter(({ object: { metadata } }) => isOf(waiver, metadata))
  if (objects.length === 0)
    return complain(rendered, {
      code,
      found: `${of} is for ${waiver.namespace}/${waiver.release}, which has no object here`,
      wanted: 'waivers of releases that are there',
      next: 'correct namespace and release, or remove the waiver',
    })
  return {
    ...complain(rendered, {
      code,
      found: `${of} counts: ${describeWaiver(waiver)}`,
      wanted: 'controls that hold for everybody',
      next: `mend what the control finds before ${waiver.expires}, and remove the waiver`,
    }),
    severity: 'warning' as const,
  }
}

function isOf({ namespace, release }: Waiver, metadata: RenderedObject['object']['metadata']): boolean {
  return (
    metadata.namespace === namespace && asLabels(metadata.labels)['app.kubernetes.io/instance'] === release
  )
}
