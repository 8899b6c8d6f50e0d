import type { ClusterView } from '../cluster-view.ts'
import { indexByLabels } from '../label-index.ts'
import { describeSelector, type Labels } from '../label-selector.ts'
import { endpointLists, readMonitor } from '../monitor.ts'
import { asLabels, asList, asText, read } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** What each kind of monitor selects. */
const selected = { ServiceMonitor: 'Service', PodMonitor: 'pod template' } as const

export const monitorSelectsPort: Rule = {
  id: 'MONITOR_SELECTS_NOTHING',
  reason: 'A monitor that finds no port scrapes nothing: dashboards stay empty and alerts never fire.',
  check: (cluster) => {
    const find = indexTargets(cluster)
    return (['ServiceMonitor', 'PodMonitor'] as const).flatMap((kind) =>
      cluster.objectsOf(kind).flatMap((rendered) => {
        const what = selected[kind]
        const { selector, endpoints, watches } = readMonitor(rendered)
        const targets = find[kind](selector).filter(({ namespace }) => watches(namespace))
        const title = describeObject(rendered.object)
        const ports = endpoints.flatMap((endpoint) => asText(read(endpoint, 'port')) ?? [])
        if (targets.length === 0)
          return complain(rendered, {
            code: monitorSelectsPort.id,
            found: `${title} selects ${describeSelector(selector)}, which no ${what} has`,
            wanted: `a ${what} with these labels in the namespaces that the monitor watches`,
            next: `compare spec.selector with the labels of the ${what}`,
          })
        // What ports the cluster's own pods have is the cluster's to say.
        if (targets.some(({ ports }) => ports === undefined)) return []
        const names = targets.flatMap(({ ports = [] }) => ports)
        return ports
          .filter((port) => !names.includes(port))
          .map((port) =>
            complain(rendered, {
              code: monitorSelectsPort.id,
              found: `${title} scrapes port ${port}, which no selected ${what} has`,
              wanted: names.length > 0 ? `one of ${names.join(', ')}` : `a ${what} with a named port`,
              next: `set spec.${endpointLists[kind]}[].port to the name of a port`,
            }),
          )
      }),
    )
  },
}

/** What a monitor can select, with the names of its ports, where they are known. */
interface Target {
  namespace: string
  labels: Labels
  ports?: readonly string[]
}

/** Services and pods, each ready to be asked for a selector. */
function indexTargets(
  cluster: ClusterView,
): Record<keyof typeof selected, ReturnType<typeof indexByLabels<Target>>> {
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
  const strangers = cluster.peers.flatMap((peer) =>
    'labels' in peer ? [{ namespace: peer.namespace, labels: peer.labels }] : [],
  )
  return {
    ServiceMonitor: indexByLabels(services),
    PodMonitor: indexByLabels<Target>([...templates, ...operands, ...strangers]),
  }
}
