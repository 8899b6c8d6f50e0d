import { matchesSelector, readSelector } from '@opencore/verify'
import type { Manifest } from '@opencore/renderer'

/** Whom a monitor finds: a pod as its operator makes it, or one behind a Service of the release. */
export interface Scrape {
  /** Name of the PodMonitor or ServiceMonitor. */
  monitor: string
  pod: string
  container: string
  /** Labels of the pod. Those of a Service are read from the release. */
  labels?: Record<string, string>
}

/** Who is scraped by the cluster itself, and not by a monitor of the release: the labels that are added there. */
export interface Foreign {
  adds: Record<string, string>
}

interface Monitor {
  kind: string
  metadata: { name: string; namespace: string }
  spec: MonitorSpec
}

/** Of a PodMonitor or a ServiceMonitor. */
export interface MonitorSpec {
  jobLabel?: string
  podTargetLabels?: string[]
  targetLabels?: string[]
  selector: object
  endpoints?: Endpoint[]
  podMetricsEndpoints?: Endpoint[]
}

interface Endpoint {
  port: string
  relabelings?: { targetLabel: string; replacement: string }[]
}

/**
 * The labels that every series of a scrape has from its monitor, as Prometheus' operator configures it (functions
 * generatePodMonitorConfig and generateServiceMonitorConfig of its pkg/prometheus/promcfg.go), but for `instance`.
 * Throws when the monitor does not select the target.
 */
export function scrapeLabels(objects: readonly Manifest[], scrape: Scrape): Record<string, string> {
  const { kind, metadata, spec } = findMonitor(objects, scrape.monitor)
  const { name, namespace } = metadata
  const selector = readSelector(spec.selector)
  const isTarget = ({ labels = {} }: { labels?: Record<string, string> }) => matchesSelector(labels, selector)
  const services = objects.filter((object) => object.kind === 'Service').map((object) => object['metadata'])
  const service = (services as { name: string; labels?: Record<string, string> }[]).find(isTarget)
  const target = kind === 'ServiceMonitor' ? service : isTarget(scrape) ? scrape : undefined
  if (!target) throw new Error(`${kind} ${name} selects nothing that is there: ${JSON.stringify(scrape)}`)
  const [endpoint] = spec.endpoints ?? spec.podMetricsEndpoints ?? []
  const job = (spec.jobLabel && target.labels?.[spec.jobLabel]) ?? service?.name ?? `${namespace}/${name}`
  const { pod, container, labels = {} } = scrape
  const copied = (spec.podTargetLabels ?? []).filter((label) => label in labels)
  return {
    ...{ namespace, pod, container, endpoint: endpoint?.port ?? '', job },
    ...(kind === 'ServiceMonitor' && service && { service: service.name }),
    ...Object.fromEntries(copied.map((label) => [label.replaceAll(/\W/g, '_'), labels[label] ?? ''])),
    ...Object.fromEntries(
      (endpoint?.relabelings ?? []).map(({ targetLabel, replacement }) => [targetLabel, replacement]),
    ),
  }
}

function findMonitor(objects: readonly Manifest[], name: string): Monitor {
  const monitors = objects.filter(({ kind }) => /^(Pod|Service)Monitor$/.test(kind)) as unknown as Monitor[]
  const monitor = monitors.find(({ metadata }) => metadata.name === name)
  if (monitor) return monitor
  throw new Error(`no monitor ${name}; there are: ${monitors.map((one) => one.metadata.name).join(', ')}`)
}
