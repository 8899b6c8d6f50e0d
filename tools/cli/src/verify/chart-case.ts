/** A chart with the folder it is in, relative to the workspace root. */
export interface ChartRef {
  name: string
  folder: string
  type: 'application' | 'library'
}

/** One chart with one values file: what ct lints in a scratch tree of its own. */
export interface ChartCase {
  chart: ChartRef
  /** `<environment>--<release>`, or the name of one of the chart's own cases in ci/. */
  name: string
  /** The values file, relative to the workspace root: where findings point. */
  file: string
  values: string
}
