import type { KubernetesObject } from '@opencore/cluster'
import { asText, read } from '@opencore/verify'
import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { judge, ok, wrong, type Row } from '../row.ts'
import { allPods } from './all-pods.ts'
import type { ClusterWanted } from './cluster-wanted.ts'
import { listOperators } from './operators.ts'
import { carries, isReady, labelsOf, type PodEnd } from './part-pods.ts'

/**
 * Operators run under the accounts by which controls know them: under another one, all that an operator makes is refused, and
 * its maker's manifests and charts differ in what they call it.
 */
export const operatorAccounts: Check<ClusterWanted> = {
  reads: () => [allPods],
  rows: ({ context, environment, view }, answers) =>
    listOperators(view).flatMap(({ name, account }): Row[] => {
      const part = environment.platform.find((each) => each.name === name)
      if (part === undefined || 'addresses' in part) return []
      const { namespace } = part
      const list = `-n ${namespace} get pods -l ${labelsOf(part)} -o custom-columns=POD:.metadata.name,ACCOUNT:.spec.serviceAccountName`
      const subject = {
        what: `account of ${name}`,
        wanted: account,
        next: `${kubectl(context, list)} # then install it under that account, or say its own in controls.operators.${name}.account of foundation`,
      }
      const row = judge(subject, answers(allPods), (pods) => {
        const found = accountsOf(part, pods)
        const isRight = found.every((each) => each === account)
        return isRight ? ok(subject, found.join(', ')) : wrong(subject, found.join(', '))
      })
      // Where none is ready there is a row of its own that says so.
      return row.found === '' ? [] : [row]
    }),
}

/** As whom the ready pods of a part ask the API server. */
function accountsOf(part: PodEnd, pods: readonly KubernetesObject[]): string[] {
  const ready = pods.filter(
    (pod) => pod.metadata.namespace === part.namespace && carries(part, pod.metadata.labels) && isReady(pod),
  )
  const names = ready.map((pod) => asText(read(pod, 'spec', 'serviceAccountName')) ?? 'default')
  return [...new Set(names)].map((name) => `system:serviceaccount:${part.namespace}:${name}`)
}
