import type { ClusterView } from '../cluster-view.ts'
import { describeSelector, matchesSelector, readSelector } from '../label-selector.ts'
import { asLabels, asList, asText, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** What each kind of monitor selects, and the list that names the ports. */
const monitors = {
  ServiceMonitor: { what: 'Service', endpoints: 'endpoints' },
  PodMonitor: { what: 'pod template', endpoints: 'podMetricsEndpoints' },
} as const

export const monitorSelectsPort: Rule = {
  id: 'MONITOR_SELECTS_NOTHING',
  reason: 'A monitor that finds no port scrapes nothing: dashboards stay empty and alerts never fire.',
  check: (cluster) =>
    (['ServiceMonitor', 'PodMonitor'] as const).flatMap((kind) =>
      cluster.objectsOf(kind).flatMap((rendered) => {
        const { what, endpoints } = monitors[kind]
        const selector = readSelector(read(rendered.object, 'spec', 'selector'))
        const names = portNames(cluster, rendered)
        const title = describeObject(rendered.object)
        const ports = asList(read(rendered.object, 'spec', endpoints)).flatMap(
          (endpoint) => asText(read(endpoint, 'port')) ?? [],
        )
        if (names === undefined)
          return complain(rendered, {
            code: monitorSelectsPort.id,
            found: `${title} selects ${describeSelector(selector)}, which no ${what} has`,
            wanted: `a ${what} with these labels in the namespaces that the monitor watches`,
            next: `compare spec.selector with the labels of the ${what}`,
          })
        return ports
          .filter((port) => !names.includes(port))
          .map((port) =>
            complain(rendered, {
              code: monitorSelectsPort.id,
              found: `${title} scrapes port ${port}, which no selected ${what} has`,
              wanted: names.length > 0 ? `one of ${names.join(', ')}` : `a ${what} with a named port`,
              next: `set spec.${endpoints}[].port to the name of a port`,
            }),
          )
      }),
    ),
}

/** Names of the ports of everything that a monitor selects, or undefined if it selects nothing. */
function portNames(cluster: ClusterView, { object }: RenderedObject): string[] | undefined {
  const selector = readSelector(read(object, 'spec', 'selector'))
  const watched = read(object, 'spec', 'namespaceSelector', 'any') === true ? undefined : namespacesOf(object)
  const inScope = (namespace = 'default') => watched === undefined || watched.includes(namespace)
  if (object.kind === 'PodMonitor') {
    const pods = cluster.pods.filter((pod) => inScope(pod.namespace) && matchesSelector(pod.labels, selector))
    return pods.length === 0
      ? undefined
      : pods.flatMap(({ ports }) => ports.flatMap(({ name }) => name ?? []))
  }
  const services = cluster
    .objectsOf('Service')
    .filter(
      ({ object: { metadata } }) =>
        inScope(metadata.namespace) && matchesSelector(asLabels(metadata.labels), selector),
    )
  if (services.length === 0) return undefined
  return services
    .flatMap((service) => asList(read(service.object, 'spec', 'ports')))
    .flatMap((port) => asText(read(port, 'name')) ?? [])
}

function namespacesOf({ metadata, ...object }: RenderedObject['object']): string[] {
  const names = asList(read(object, 'spec', 'namespaceSelector', 'matchNames')).filter(
    (name) => typeof name === 'string',
  )
  return names.length > 0 ? names : [metadata.namespace ?? 'default']
}
