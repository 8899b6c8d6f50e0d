import { readFiles } from '@opencore/delivery'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listGenerated } from '../workspace/list-generated.ts'
import { isHubFile } from './hub-files.ts'
import type { Refs } from './open-refs.ts'
import { readObjects, type Side } from './read-side.ts'

/** Argo CD's own objects at a commit of a hub's ref, by environment; nothing where the ref is not there yet. */
export async function readHubSide({ repository }: Refs, commit: string | undefined): Promise<Side> {
  return commit === undefined ? new Map() : sideOf(await readFiles(repository, commit, 'argocd'))
}

/** The same of some environments as this checkout has them. */
export async function generatedHubSide(root: string, environments: readonly string[]): Promise<Side> {
  const paths = (await listGenerated(root)).filter((path) =>
    environments.some((name) => isHubFile(path, name)),
  )
  const texts = paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)
  return sideOf(new Map(await Promise.all(texts)))
}

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
