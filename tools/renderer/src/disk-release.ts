/** One Application as argocd/ on disk describes it: a release of a chart in an environment. */
export interface DiskRelease {
  environment: string
  purpose: string
  release: string
  /** Name of the chart, which is its folder under charts/. */
  chart: string
  version: string
  namespace: string
  /** What the ApplicationSet tells Argo CD to render for. */
  kubeVersion: string
  /** Path of the values file relative to the workspace root, with `/`. */
  valuesFile: string
}
