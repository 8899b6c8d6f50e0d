import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ChartRef } from './chart-case.ts'

/**
 * The chart that a chart's suites render: itself. A library renders nothing, so its suites are those of the chart
 * in its `tests/chart`, which calls it; undefined without one.
 */
export function suiteChart(root: string, chart: ChartRef): ChartRef | undefined {
  if (chart.type === 'application') return chart
  const folder = `${chart.folder}/tests/chart`
  if (!existsSync(join(root, folder, 'Chart.yaml'))) return undefined
  return { name: `${chart.name}-tests`, folder, type: 'application' }
}
