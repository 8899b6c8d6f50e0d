import type { ClusterView } from '../cluster-view.ts'
import { indexByLabels } from '../label-index.ts'
import { describeSelector, readSelector, type Labels } from '../label-selector.ts'
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
  check: (cluster) => {
    const targets = indexTargets(cluster)
    return (['ServiceMonitor', 'PodMonitor'] as const).flatMap((kind) =>
      cluster.objectsOf(kind).flatMap((rendered) => {
        const { what, endpoints } = monitors[kind]
        const selector = readSelector(read(rendered.object, 'spec', 'selector'))
        const names = portNames(targets[kind], rendered)
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
    )
  },
}

/** What a monitor can select, with the names of its ports. */
interface Target {
  namespace: string
  labels: Labels
  ports: readonly string[]
}

/** Services and pods, each ready to be asked for a selector. */
function indexTargets(
  cluster: ClusterView,
): Record<keyof typeof monitors, ReturnType<typeof indexByLabels<Target>>> {
  const services = cluster.objectsOf('Service').map(({ object }) => ({
    namespace: object.metadata.namespace ?? 'default',
    labels: asLabels(object.metadata.labels),
    ports: asList(read(object, 'spec', 'ports')).flatMap((port) => asText(read(port, 'name')) ?? []),
  }))
  const templates = cluster.pods.map(({ namespace, labels, ports }) => ({
    namespace,
    labels,
    ports: ports.flatMap(({ name }) => name ?? []),
  }))
  const operands = cluster.operands.map((operand) => ({
    ...operand,
    ports: operand.ports.flatMap(({ name }) => name ?? []),
  }))
  return {
    ServiceMonitor: indexByLabels(services),
    PodMonitor: indexByLabels([...templates, ...operands]),
  }
}

/** Names of the ports of everything that a monitor selects, or undefined if it selects nothing. */
function portNames(
  find: ReturnType<typeof indexByLabels<Target>>,
  { object }: RenderedObject,
): string[] | undefined {
  const selector = readSelector(read(object, 'spec', 'selector'))
  const everywhere = read(object, 'spec', 'namespaceSelector', 'any') === true
  const watched = namespacesOf(object)
  const targets = find(selector).filter(({ namespace }) => everywhere || watched.includes(namespace))
  return targets.length === 0 ? undefined : targets.flatMap(({ ports }) => ports)
}

function namespacesOf({ metadata, ...object }: RenderedObject['object']): string[] {
  const names = asList(read(object, 'spec', 'namespaceSelector', 'matchNames')).filter(
    (name) => typeof name === 'string',
  )
  return names.length > 0 ? names : [metadata.namespace ?? 'default']
}
