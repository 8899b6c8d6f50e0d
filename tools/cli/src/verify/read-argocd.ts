import { collect, success, type Result } from '@opencore/contract/findings'
import {
  expandApplicationSet,
  readApplication,
  type ApplicationSource,
  type KubernetesObject,
  type RenderedObject,
} from '@opencore/verify'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { parseAllDocuments } from 'yaml'

/** One environment as Argo CD will read it from git. */
export interface ArgocdEnvironment {
  environment: string
  /** ApplicationSets, projects and what starts them; they live in the hub. */
  objects: RenderedObject[]
  /** What the Applications of the ApplicationSets apply. */
  sources: ApplicationSource[]
}

/** The files of `argocd/<environment>/` that Argo CD reads from the hub's ref. */
export async function listArgocd(root: string, environment: string): Promise<string[]> {
  const folder = `argocd/${environment}`
  const patterns = [`${folder}/bootstrap.yaml`, `${folder}/{applicationsets,projects}/*.yaml`]
  return (await glob(patterns, { cwd: root })).sort()
}

/** Read `argocd/<environment>/` from disk: what is verified is what Argo CD reads. */
export async function readArgocd(root: string, environment: string): Promise<Result<ArgocdEnvironment>> {
  const files = await listArgocd(root, environment)
  const objects = (await Promise.all(files.map((file) => readDocuments(root, environment, file)))).flat()
  const applications = objects
    .filter(({ object }) => object.kind === 'ApplicationSet')
    .map(({ object, file = '' }): Result<ApplicationSource[]> => {
      const expanded = expandApplicationSet(object, file)
      return expanded.ok
        ? collect(expanded.value.map((application) => readApplication(application, file)))
        : expanded
    })
  const sources = collect(applications)
  return sources.ok ? success({ environment, objects, sources: sources.value.flat() }) : sources
}

/** The generator writes these files with quotes wherever YAML 1.1 and 1.2 differ, so either way of reading is right. */
async function readDocuments(root: string, environment: string, file: string): Promise<RenderedObject[]> {
  const documents = parseAllDocuments(await readFile(join(root, file), 'utf8'))
  return documents.map((document) => {
    const object = document.toJS() as KubernetesObject
    return { environment, release: object.metadata.name, object, file }
  })
}
