import type { KubernetesObject } from '@opencore/cluster'
import type { PlatformEnd } from '@opencore/model'
import { asList, read } from '@opencore/verify'
import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok, wrong, type Row } from '../row.ts'
import type { ClusterWanted } from './cluster-wanted.ts'
import { allPods } from './all-pods.ts'

/** What the cluster brings: pods that run, with the labels by which network policies let them in. */
export const platformParts: Check<ClusterWanted> = {
  reads: () => [allPods],
  rows: ({ context, environment }, answers) =>
    environment.platform.flatMap((part): Row[] => {
      if ('addresses' in part) return []
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

type PodEnd = Extract<PlatformEnd, { podLabels: unknown }>

const labelsOf = ({ podLabels }: PodEnd) =>
  Object.entries(podLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')

const carries = ({ podLabels }: PodEnd, labels: Readonly<Record<string, string>> = {}) =>
  Object.entries(podLabels).every(([key, value]) => labels[key] === value)

const isReady = (pod: KubernetesObject) =>
  asList(read(pod, 'status', 'conditions')).some(
    (condition) => read(condition, 'type') === 'Ready' && read(condition, 'status') === 'True',
  )
