import type { Finding } from '@opencore/contract'
import { readFiles } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { hubRef } from '@opencore/plan'
import type { Refs } from './open-refs.ts'

/**
 * Releases that the hub does not list yet: promoted by name, no Application would ever read them. Finding: HUB_BEHIND.
 * @param promoted names of the releases
 */
export async function checkListed(
  refs: Refs,
  environment: PlatformEnvironment,
  promoted: readonly string[],
): Promise<Finding[]> {
  const { name } = environment.definition
  const ref = hubRef(environment)
  const commit = await refs.look(ref)
  const files =
    commit === undefined
      ? new Map<string, string>()
      : await readFiles(refs.repository, commit, `argocd/${name}/applicationsets`)
  const listed = new Set(
    [...files.values()].flatMap((text) =>
      [...text.matchAll(/^ +- release: "?([^"\n]+)"?$/gm)].map(([, one]) => one),
    ),
  )
  return promoted
    .filter((release) => !listed.has(release))
    .map((release) => ({
      code: 'HUB_BEHIND',
      severity: 'error',
      at: { file: ref },
      found: `${name} has no Application of ${release} yet`,
      wanted: 'a release that the hub lists, or else nobody reads its folder',
      next: `opencore promote ${name}: without names, the hub follows`,
    }))
}
