/** One release as argocd/ on disk describes it: a chart in an environment, with a file of values. */
export interface DiskRelease {
  environment: string
  purpose: string
  release: string
  /** Name of the chart, which is its folder under charts/. */
  chart: string
  namespace: string
  /** What it is rendered for, such as `1.36.3`. */
  kubeVersion: string
  /** Path of the values file relative to the workspace root, with `/`. */
  valuesFile: string
}
