import type { ClusterView } from './cluster-view.ts'
import { matchesSelector, selectLabels } from './label-selector.ts'
import { readMonitor, type Monitor } from './monitor.ts'
import type { End } from './network/network-end.ts'
import { asLabels, asList, isRecord, read } from './read.ts'
import type { RenderedObject } from './rendered-object.ts'

/** A port of pods that a monitor has Prometheus ask. */
export interface MonitoredPort {
  end: End
  port: number
}

/** Every port of pods that a ServiceMonitor or PodMonitor selects; what it does not find is another rule's to say. */
export function listMonitoredPorts(rendered: RenderedObject, cluster: ClusterView): MonitoredPort[] {
  const monitor = readMonitor(rendered)
  const { endpoints, isPodMonitor } = monitor
  const targets = isPodMonitor ? selectPods(monitor, cluster) : selectServices(monitor, cluster)
  return targets.flatMap(({ end, targetOf }) =>
    endpoints.flatMap((endpoint) => {
      const wanted =
        read(endpoint, 'portNumber') ?? read(endpoint, 'targetPort') ?? targetOf(read(endpoint, 'port'))
      const port = end.ports.find(
        ({ name, port }) => wanted !== undefined && (name === wanted || port === wanted),
      )
      return port ? [{ end, port: port.port }] : []
    }),
  )
}

/** Pods that a monitor reaches, and which of their ports the name of a port in it stands for. */
interface Target {
  end: End
  targetOf: (port: unknown) => unknown
}

function selectPods({ selector, watches }: Monitor, { network }: ClusterView): Target[] {
  return network.ends
    .filter(({ namespace, labels }) => watches(namespace) && matchesSelector(labels, selector))
    .map((end) => ({ end, targetOf: (port) => port }))
}

function selectServices({ selector, watches }: Monitor, cluster: ClusterView): Target[] {
  return cluster.objectsOf('Service').flatMap(({ object }) => {
    const { namespace = 'default', labels } = object.metadata
    const pods = read(object, 'spec', 'selector')
    if (!isRecord(pods) || !watches(namespace) || !matchesSelector(asLabels(labels), selector)) return []
    const ports = asList(read(object, 'spec', 'ports'))
    const targetOf = (name: unknown) => {
      const port = ports.find((each) => read(each, 'name') === name)
      return read(port, 'targetPort') ?? read(port, 'port')
    }
    return cluster.network.ends
      .filter((end) => end.namespace === namespace && matchesSelector(end.labels, selectLabels(pods)))
      .map((end) => ({ end, targetOf }))
  })
}
