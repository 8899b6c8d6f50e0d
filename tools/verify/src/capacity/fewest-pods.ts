import type { ObjectView } from '../object-view.ts'
import { read } from '../read.ts'
import type { KubernetesObject } from '../rendered-object.ts'
import { createBoundFinder } from './autoscaled.ts'

/**
 * How many pods an object has when it has the fewest: what its autoscaler never goes below, or what it says itself.
 * Undefined for kinds that do not say.
 */
export function createFewestCounter(cluster: ObjectView): (object: KubernetesObject) => number | undefined {
  const fewest = createBoundFinder(cluster, 'minReplicas')
  return (object) => {
    const { kind, spec } = object
    if (kind === 'Pod') return 1
    if (!['Deployment', 'StatefulSet', 'ReplicaSet'].includes(kind)) return undefined
    const count = fewest(object) ?? read(spec, 'replicas')
    return typeof count === 'number' ? count : 1
  }
}
