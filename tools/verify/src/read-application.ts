import { failure, success, type Result } from '@opencore/contract/findings'
import { asList, asText, isRecord, read } from './read.ts'
import type { KubernetesObject } from './rendered-object.ts'

/** What Argo CD renders for an Application: a chart at a version with one values file out of git. */
export interface ApplicationSource {
  application: string
  /** Its AppProject. */
  project: string
  release: string
  namespace: string
  chart: string
  version: string
  /** Version of Kubernetes that the templates see. */
  kubeVersion: string
  /** Path from the root of the repository. */
  valuesFile: string
}

/** Read the one shape of Application that our ApplicationSets make. `file` is the ApplicationSet, for findings. */
export function readApplication(application: KubernetesObject, file: string): Result<ApplicationSource> {
  const { spec, metadata } = application
  const sources = asList(read(spec, 'sources'))
  const chart = sources.find((source) => asText(read(source, 'chart')) !== undefined)
  const reference =
    sources.map((source) => asText(read(source, 'ref'))).find((ref) => ref !== undefined) ?? ''
  const helm = read(chart, 'helm')
  const [valuesFile, ...more] = asList(read(helm, 'valueFiles'))
  const prefix = `$${reference}/`
  const parts = {
    project: asText(read(spec, 'project')),
    release: asText(read(helm, 'releaseName')),
    namespace: asText(read(spec, 'destination', 'namespace')),
    chart: asText(read(chart, 'chart')),
    version: asText(read(chart, 'targetRevision')),
    kubeVersion: asText(read(helm, 'kubeVersion')),
    valuesFile:
      typeof valuesFile === 'string' && valuesFile.startsWith(prefix) && more.length === 0
        ? valuesFile.slice(prefix.length)
        : undefined,
  }
  const missing = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? name : []))
  const extra = isRecord(helm) ? ['parameters', 'values', 'valuesObject'].filter((key) => key in helm) : []
  if (isComplete(parts) && extra.length === 0) return success({ application: metadata.name, ...parts })
  const problems = [...missing.map((name) => `no ${name}`), ...extra.map((key) => `helm.${key}`)]
  return failure([
    {
      code: 'APPLICATION_UNSUPPORTED',
      severity: 'error',
      at: { file },
      found: `Application ${metadata.name} has ${problems.join(', ')}`,
      wanted:
        'a project, and a chart at a version with a release name, a Kubernetes version and one values file of $values',
      next: 'run: opencore generate',
    },
  ])
}

function isComplete<K extends string>(parts: Record<K, string | undefined>): parts is Record<K, string> {
  return Object.values(parts).every((part) => part !== undefined)
}
