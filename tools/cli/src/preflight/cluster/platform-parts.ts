import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok, wrong, type Row } from '../row.ts'
import type { ClusterWanted } from './cluster-wanted.ts'
import { allPods } from './all-pods.ts'
import { isWanted } from './operators.ts'
import { carries, isReady, labelsOf } from './part-pods.ts'

/**
 * What the cluster brings: pods that run, with the labels by which network policies let them in. Operators are looked for
 * where something is for them to do.
 */
export const platformParts: Check<ClusterWanted> = {
  reads: () => [allPods],
  rows: ({ context, environment, view }, answers) =>
    environment.platform.flatMap((part): Row[] => {
      if ('addresses' in part || !isWanted(view, part.name)) return []
      const { name, namespace } = part
      const labels = labelsOf(part)
      const subject = {
        what: name,
        wanted: `a ready pod with ${labels} in ${namespace}`,
        next: `${kubectl(context, `-n ${namespace} get pods --show-labels`)} # then install ${name}, or correct environments/platform/${name}.ts`,
      }
      return [
        judge(subject, answers(allPods), (pods) => {
          const there = pods.filter(({ metadata }) => metadata.namespace === namespace)
          const own = there.filter(({ metadata }) => carries(part, metadata.labels))
          if (there.length === 0) return missing(subject, `no pod in ${namespace}`)
          if (own.length === 0)
            return wrong(subject, `${there.length} pods in ${namespace}, none with ${labels}`)
          const ready = own.filter(isReady).length
          return ready > 0
            ? ok(subject, `${ready} of ${own.length} ready`)
            : wrong(subject, `none of ${own.length} is ready`)
        }),
      ]
    }),
}
