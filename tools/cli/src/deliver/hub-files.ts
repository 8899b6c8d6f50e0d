import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listGenerated } from '../workspace/list-generated.ts'

/** One of Argo CD's own objects, or several, as a file of its hub's ref. */
export interface HubFile {
  path: string
  text: string
}

/** Whether a generated file is one of Argo CD's own objects for an environment: what its hub's ref holds. */
export function isHubFile(path: string, environment: string): boolean {
  const folder = `argocd/${environment}/`
  const name = path.startsWith(folder) ? path.slice(folder.length) : ''
  return name === 'bootstrap.yaml' || /^(applicationsets|projects)\/[^/]+$/.test(name)
}

/** What has to be applied to a hub before it reads the others by itself, in this order. */
export function bootstrapFiles(environment: string): string[] {
  return ['projects/bootstrap.yaml', 'bootstrap.yaml'].map((file) => `argocd/${environment}/${file}`)
}

/** Argo CD's own objects of some environments, as this checkout has generated them. */
export async function readHubFiles(root: string, environments: readonly string[]): Promise<HubFile[]> {
  const generated = await listGenerated(root)
  const paths = generated.filter((path) => environments.some((name) => isHubFile(path, name)))
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })))
}
