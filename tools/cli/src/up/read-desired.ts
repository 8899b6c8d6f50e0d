import type { Application, KubernetesObject } from '@opencore/cluster'
import { readFiles, type Repository } from '@opencore/delivery'
import { RENDERED_FILE } from '@opencore/plan'
import { parseAllDocuments } from 'yaml'

/**
 * The objects that git says an Application has, at the head of the ref that it follows: of a release those of its rendered
 * file, of a bootstrap its ApplicationSets and projects. None where the ref or the folder is not there.
 */
export async function readDesired(
  repository: Repository,
  { spec: { source } }: Application,
): Promise<KubernetesObject[]> {
  const files = await readFiles(repository, source.targetRevision, source.path)
  return [...files].flatMap(([path, text]) => (isApplied(path, source.path) ? readObjects(text) : []))
}

function isApplied(path: string, folder: string): boolean {
  const name = path.slice(folder.length + 1)
  return name === RENDERED_FILE || /^(applicationsets|projects)\/[^/]+$/.test(name)
}

/** As Kubernetes reads YAML: 1.1, in which `0440` is octal. */
function readObjects(text: string): KubernetesObject[] {
  return parseAllDocuments(text, { version: '1.1' }).flatMap((document) => {
    const object = document.toJS() as KubernetesObject | null
    return object === null ? [] : [object]
  })
}
