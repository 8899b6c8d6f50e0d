import { asList, asText, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const autoscalerContainerExists: Rule = {
  id: 'AUTOSCALER_CONTAINER_MISSING',
  reason: 'An autoscaler that watches a container of another name measures nothing and never scales.',
  check: (cluster) => {
    const pods = new Map(
      cluster.pods.map((pod) => [
        key(pod.namespace, pod.owner.object.kind, pod.owner.object.metadata.name),
        pod,
      ]),
    )
    return cluster.objectsOf('HorizontalPodAutoscaler', 'VerticalPodAutoscaler').flatMap((rendered) => {
      const { metadata, ...object } = rendered.object
      const target = read(object, 'spec', 'scaleTargetRef') ?? read(object, 'spec', 'targetRef')
      const pod = pods.get(key(metadata.namespace ?? 'default', read(target, 'kind'), read(target, 'name')))
      if (pod === undefined) return []
      const names = pod.containers.flatMap(({ container }) => asText(container['name']) ?? [])
      return listContainers(rendered)
        .filter(({ name }) => !names.includes(name))
        .map(({ name, path }) =>
          complain(rendered, {
            code: autoscalerContainerExists.id,
            found: `${describeObject(rendered.object)} watches container ${name} (${path}), which ${describeObject(pod.owner.object)} has not`,
            wanted: `one of ${names.join(', ')}`,
            next: 'correct the name of the container',
          }),
        )
    })
  },
}

const key = (...parts: readonly unknown[]) => JSON.stringify(parts)

/** The containers that an autoscaler names; `*` stands for all. */
function listContainers({ object }: RenderedObject): { name: string; path: string }[] {
  const metrics = asList(read(object, 'spec', 'metrics')).map((metric, index) => ({
    name: read(metric, 'containerResource', 'container'),
    path: `spec.metrics[${index}]`,
  }))
  const policies = asList(read(object, 'spec', 'resourcePolicy', 'containerPolicies')).map(
    (policy, index) => ({
      name: read(policy, 'containerName'),
      path: `spec.resourcePolicy.containerPolicies[${index}]`,
    }),
  )
  return [...metrics, ...policies].flatMap(({ name, path }) => {
    const text = asText(name)
    return text === undefined || text === '*' ? [] : { name: text, path }
  })
}
