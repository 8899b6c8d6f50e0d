import type { Manifest } from '@opencore/renderer'
import type { MonitorSpec } from '../alerts/scrape-labels.ts'

/** Labels that Prometheus' operator gives every series of a target, and the environment's from whoever collects. */
const everywhere = ['namespace', 'job', 'instance', 'pod', 'container', 'endpoint', 'service']

/** The label keys that monitors of a release add to what exporters say. */
export function listTargetLabels(objects: readonly Manifest[]): Set<string> {
  const specs = objects
    .filter(({ kind }) => kind === 'PodMonitor' || kind === 'ServiceMonitor')
    .map(({ spec }) => spec as MonitorSpec)
  return new Set([
    ...everywhere,
    ...specs.flatMap(
      ({ podTargetLabels = [], targetLabels = [], endpoints = [], podMetricsEndpoints = [] }) => [
        ...[...podTargetLabels, ...targetLabels].map((label) => label.replaceAll(/\W/g, '_')),
        ...[...endpoints, ...podMetricsEndpoints].flatMap(({ relabelings = [] }) =>
          relabelings.map(({ targetLabel }) => targetLabel),
        ),
      ],
    ),
  ])
}
