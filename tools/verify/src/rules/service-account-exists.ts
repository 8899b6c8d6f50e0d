import { asText } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const serviceAccountExists: Rule = {
  id: 'SERVICE_ACCOUNT_MISSING',
  reason: 'Pods of a workload whose ServiceAccount is missing are never created.',
  check: (cluster) =>
    cluster.pods.flatMap((pod) => {
      const name = asText(pod.spec['serviceAccountName']) ?? asText(pod.spec['serviceAccount'])
      // Every namespace gets a ServiceAccount "default" from the controller manager.
      if (name === undefined || name === 'default' || cluster.exists('ServiceAccount', pod.namespace, name))
        return []
      return complain(pod.owner, {
        code: serviceAccountExists.id,
        found: `${describeObject(pod.owner.object)} runs as ServiceAccount ${name}, which nothing creates`,
        wanted: `a ServiceAccount ${name} in namespace ${pod.namespace}`,
        next: 'let the chart create it, or name one that a release creates',
      })
    }),
}
