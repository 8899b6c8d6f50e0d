import type { ObjectView } from '../object-view.ts'
import { read } from '../read.ts'
import type { KubernetesObject } from '../rendered-object.ts'

/**
 * How many pods an object has when it has the fewest: what its autoscaler never goes below, or what it says itself.
 * Undefined for kinds that do not say.
 */
export function createFewestCounter(cluster: ObjectView): (object: KubernetesObject) => number | undefined {
  const fewest = new Map(
    cluster.objectsOf('HorizontalPodAutoscaler').map(({ object: { metadata, ...object } }) => {
      const target = read(object, 'spec', 'scaleTargetRef')
      return [
        key(metadata.namespace, read(target, 'kind'), read(target, 'name')),
        read(object, 'spec', 'minReplicas') ?? 1,
      ]
    }),
  )
  return ({ kind, metadata, spec }) => {
    if (kind === 'Pod') return 1
    if (!['Deployment', 'StatefulSet', 'ReplicaSet'].includes(kind)) return undefined
    const count = fewest.get(key(metadata.namespace, kind, metadata.name)) ?? read(spec, 'replicas')
    return typeof count === 'number' ? count : 1
  }
}

const key = (...parts: readonly unknown[]) => JSON.stringify(parts)
