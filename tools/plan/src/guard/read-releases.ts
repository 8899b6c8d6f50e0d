import type { PlannedFile } from '@opencore/contract'
import { parseDocument } from 'yaml'

/** A release as a generated tree delivers it: one element of an ApplicationSet. */
export interface DeliveredRelease {
  environment: string
  release: string
  chart: string
  namespace: string
  /** Whether Argo CD itself would delete what the release runs. */
  cascades: boolean
}

/** Reading YAML is most of the guard's time, and several checks ask for the releases of the same files. */
const known = new WeakMap<PlannedFile, readonly DeliveredRelease[]>()

/** Every release in a generated tree, in the order of the files. Files that are no ApplicationSet of ours say nothing. */
export function readReleases(files: readonly PlannedFile[]): DeliveredRelease[] {
  return files.flatMap((file) => {
    const releases = known.get(file) ?? readFile(file)
    known.set(file, releases)
    return releases
  })
}

function readFile({ path, text }: PlannedFile): DeliveredRelease[] {
  const environment = /^argocd\/([^/]+)\/applicationsets\/[^/]+\.yaml$/.exec(path)?.[1]
  if (environment === undefined) return []
  const document = parseDocument(text)
  const elements: unknown = document.getIn(['spec', 'generators', 0, 'list', 'elements'])
  const cascades = document.getIn(['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) !== true
  const listed = (elements as { toJSON?: () => unknown } | undefined)?.toJSON?.() ?? []
  return (Array.isArray(listed) ? listed : []).map((element: Record<string, unknown>) => ({
    environment,
    release: String(element['release']),
    chart: String(element['chart']),
    namespace: String(element['namespace']),
    cascades,
  }))
}
