import type { ObjectView } from '../object-view.ts'
import { read } from '../read.ts'
import type { KubernetesObject } from '../rendered-object.ts'

/**
 * What autoscalers say of the objects that they scale, by one of their bounds; nothing of what nobody scales, or where the
 * bound is not said.
 */
export function createBoundFinder(
  cluster: ObjectView,
  bound: 'minReplicas' | 'maxReplicas',
): (object: KubernetesObject) => unknown {
  const bounds = new Map(
    cluster.objectsOf('HorizontalPodAutoscaler').map(({ object }) => {
      const target = read(object, 'spec', 'scaleTargetRef')
      const key = keyOf(object.metadata.namespace, read(target, 'kind'), read(target, 'name'))
      // The API server's own default of the lower bound; the upper one has none.
      return [key, read(object, 'spec', bound) ?? (bound === 'minReplicas' ? 1 : undefined)]
    }),
  )
  return ({ kind, metadata }) => bounds.get(keyOf(metadata.namespace, kind, metadata.name))
}

const keyOf = (...parts: readonly unknown[]) => JSON.stringify(parts)
