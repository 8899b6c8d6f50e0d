import { failure, success, type Result } from '@opencore/contract/findings'
import { asText, isRecord, read } from './read.ts'
import type { KubernetesObject } from './rendered-object.ts'

/** What Argo CD applies for an Application: a folder of manifests on a ref. */
export interface ApplicationSource {
  application: string
  /** Its AppProject. */
  project: string
  /** Folder of the release on the ref. */
  release: string
  namespace: string
  /** Name of the git ref. */
  ref: string
  /** The file in the folder. */
  file: string
}

/** Read the one shape of Application that our ApplicationSets make. `file` is the ApplicationSet, for findings. */
export function readApplication(application: KubernetesObject, file: string): Result<ApplicationSource> {
  const { spec, metadata } = application
  const source = read(spec, 'source')
  const parts = {
    project: asText(read(spec, 'project')),
    release: asText(read(source, 'path')),
    namespace: asText(read(spec, 'destination', 'namespace')),
    ref: asText(read(source, 'targetRevision')),
    file: asText(read(source, 'directory', 'include')),
  }
  const missing = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? name : []))
  const extra = isRecord(source) ? ['helm', 'kustomize', 'plugin'].filter((key) => key in source) : []
  if (isComplete(parts) && extra.length === 0) return success({ application: metadata.name, ...parts })
  const problems = [...missing.map((name) => `no ${name}`), ...extra.map((key) => `source.${key}`)]
  return failure([
    {
      code: 'APPLICATION_UNSUPPORTED',
      severity: 'error',
      at: { file },
      found: `Application ${metadata.name} has ${problems.join(', ')}`,
      wanted: 'a project, and a folder on a ref of which one file is included',
      next: 'run: opencore generate',
    },
  ])
}

function isComplete<K extends string>(parts: Record<K, string | undefined>): parts is Record<K, string> {
  return Object.values(parts).every((part) => part !== undefined)
}
