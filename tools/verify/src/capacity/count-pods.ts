import { runsBefore } from '@opencore/model'
import type { ObjectView } from '../object-view.ts'
import { asText, read } from '../read.ts'
import type { KubernetesObject } from '../rendered-object.ts'
import { createBoundFinder } from './autoscaled.ts'

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge */
const DEFAULT_SURGE = '25%'

/** How many pods an object can have at once. */
export type PodCounter = (object: KubernetesObject) => number

/**
 * At the most: as many as the autoscaler may run, and what a rolling update adds to them; what a Job runs in parallel.
 * Pods that a Job of an operator runs before an instance begins are not there together with it.
 */
export function createPodCounter(cluster: ObjectView): PodCounter {
  const most = createBoundFinder(cluster, 'maxReplicas')
  return (object) => {
    const { kind, metadata } = object
    switch (kind) {
      case 'Deployment': {
        const count = asCount(most(object) ?? read(object, 'spec', 'replicas'))
        return count + surgeOf(object, count)
      }
      case 'StatefulSet':
      case 'ReplicaSet':
        return asCount(most(object) ?? read(object, 'spec', 'replicas'))
      case 'Job':
        return read(metadata.annotations, runsBefore) === undefined
          ? asCount(read(object, 'spec', 'parallelism'))
          : 0
      case 'CronJob':
        return asCount(read(object, 'spec', 'jobTemplate', 'spec', 'parallelism'))
      case 'Pod':
        return 1
      default:
        return 0
    }
  }
}

function surgeOf(object: KubernetesObject, replicas: number): number {
  const strategy = read(object, 'spec', 'strategy')
  if (read(strategy, 'type') === 'Recreate' || replicas === 0) return 0
  const surge = read(strategy, 'rollingUpdate', 'maxSurge') ?? DEFAULT_SURGE
  if (typeof surge === 'number') return surge
  return Math.ceil((Number.parseFloat(asText(surge) ?? '0') / 100) * replicas)
}

const asCount = (value: unknown) => (typeof value === 'number' ? value : 1)
