import type { ChartFolder } from '@opencore/charts'

/** What the field's own tools need to know of a chart. */
export type ChartRef = Pick<ChartFolder, 'name' | 'folder' | 'type'>

/** One chart with one values file: what ct lints in a scratch tree of its own. */
export interface ChartCase {
  chart: ChartRef
  /** `<environment>--<release>`, or the name of one of the chart's own cases in ci/. */
  name: string
  /** The values file, relative to the workspace root: where findings point. */
  file: string
  values: string
}
