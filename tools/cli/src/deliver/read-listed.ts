import { readFiles } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { hubRef } from '@opencore/plan'
import { isHubFile } from './hub-files.ts'
import type { Refs } from './open-refs.ts'

/** What a hub's ref has of an environment. */
export interface Listed {
  /** Texts by path. */
  there: ReadonlyMap<string, string>
  /** Names of releases that have an Application. */
  listed: ReadonlySet<string>
}

/** Argo CD's own objects of an environment as its hub's ref has them; none where the ref is not there yet. */
export async function readListed(refs: Refs, environment: PlatformEnvironment): Promise<Listed> {
  const { name } = environment.definition
  const commit = await refs.look(hubRef(environment))
  const all =
    commit === undefined
      ? new Map<string, string>()
      : await readFiles(refs.repository, commit, `argocd/${name}`)
  const there = new Map([...all].filter(([path]) => isHubFile(path, name)))
  return { there, listed: listReleases(there) }
}

/** Names in the lists of ApplicationSets. */
function listReleases(files: ReadonlyMap<string, string>): Set<string> {
  return new Set(
    [...files].flatMap(([path, text]) =>
      path.includes('/applicationsets/')
        ? [...text.matchAll(/^ +- release: "?([^"\n]+)"?$/gm)].map(([, release = '']) => release)
        : [],
    ),
  )
}
