import type { ChartFolder } from '@opencore/charts'

/** What the field's own tools need to know of a chart. */
export type ChartRef = Pick<ChartFolder, 'name' | 'folder' | 'type'>

/** One chart with one values file, which Helm's linter judges. */
export interface ChartCase {
  chart: ChartRef
  /** The values file, relative to the workspace root: where findings point. */
  file: string
  values: string
}
