import type { Application, KubernetesObject } from '@opencore/cluster'
import { readFiles, type Repository } from '@opencore/delivery'
import { RENDERED_FILE } from '@opencore/plan'
import { parseManifests } from '../deliver/parse-manifests.ts'

/**
 * The objects that git says an Application has, at the head of the ref that it follows: of a release those of its rendered
 * file, of a bootstrap its ApplicationSets and projects. None where the ref or the folder is not there.
 */
export async function readDesired(
  repository: Repository,
  { spec: { source } }: Application,
): Promise<KubernetesObject[]> {
  const files = await readFiles(repository, source.targetRevision, source.path)
  return [...files].flatMap(([path, text]) =>
    isApplied(path, source.path) ? (parseManifests(text) as KubernetesObject[]) : [],
  )
}

function isApplied(path: string, folder: string): boolean {
  const name = path.slice(folder.length + 1)
  return name === RENDERED_FILE || /^(applicationsets|projects)\/[^/]+$/.test(name)
}
