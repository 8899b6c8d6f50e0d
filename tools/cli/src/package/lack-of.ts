import { findSkipped, type ApiCatalogue } from '@opencore/contract'
import type { ChartFolder } from '@opencore/charts'

/**
 * The unreachable API source that a chart, or a component of it, has kinds of: for a test's `skip`.
 * @param charts every chart of the workspace, where an umbrella's components are
 */
export function lackOf(
  chart: ChartFolder,
  charts: readonly ChartFolder[],
  apis: Pick<ApiCatalogue, 'skipped'>,
): string | undefined {
  const names = [chart.name, ...chart.components.map(({ chart: component }) => component)]
  const kinds = charts
    .filter(({ name }) => names.includes(name))
    .map(({ manifest }) => manifest.annotations?.['opencore.dev/kinds'] ?? '')
  // Kafka.kafka.strimzi.io
  const groups = kinds.flatMap((list) => list.split(/[\s,]+/)).map((kind) => kind.replace(/^[^.]*\.?/, ''))
  return findSkipped(apis, ...groups)
}
