import { readFiles } from '@opencore/delivery'
import { isHubFile, readHubFiles, type HubFile } from './hub-files.ts'
import type { Refs } from './open-refs.ts'
import { readObjects, type Side } from './read-side.ts'

/** Argo CD's own objects at a commit of a hub's ref, by environment; nothing where the ref is not there yet. */
export async function readHubSide({ repository }: Refs, commit: string | undefined): Promise<Side> {
  return commit === undefined ? new Map() : sideOf(await readFiles(repository, commit, 'argocd'))
}

/** The same of some environments as this checkout has them. */
export async function generatedHubSide(root: string, environments: readonly string[]): Promise<Side> {
  return plannedHubSide(await readHubFiles(root, environments))
}

/** The same as it will be. */
export const plannedHubSide = (files: readonly HubFile[]): Side =>
  sideOf(new Map(files.map(({ path, text }) => [path, text])))

function sideOf(files: ReadonlyMap<string, string>): Side {
  const side: Side = new Map()
  for (const [path, text] of files) {
    const name = path.split('/')[1] ?? ''
    if (!isHubFile(path, name)) continue
    const { objects = [] } = side.get(name) ?? {}
    side.set(name, { objects: [...objects, ...readObjects(text, '')], chart: '', values: '' })
  }
  return side
}
