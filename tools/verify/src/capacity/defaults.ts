import type { ObjectView } from '../object-view.ts'
import { asList, asRecord, read } from '../read.ts'
import type { ContainerDefaults } from './resources.ts'

/** What the LimitRanges of a namespace give to containers that say nothing themselves. */
export function readContainerDefaults(cluster: ObjectView, namespace: string): ContainerDefaults {
  const limits = cluster
    .objectsOf('LimitRange')
    .filter(({ object }) => object.metadata.namespace === namespace)
    .flatMap(({ object }) => asList(read(object, 'spec', 'limits')))
    .filter((limit) => read(limit, 'type') === 'Container')
  const join = (key: string) =>
    Object.assign({}, ...limits.map((limit) => asRecord(read(limit, key)))) as object
  return { limits: { ...join('default') }, requests: { ...join('defaultRequest') } }
}
