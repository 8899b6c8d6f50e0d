import { runGit } from '@opencore/delivery'
import { CODE_OWNERS_FILE, hubRef, printRefOwners } from '@opencore/plan'
import type { Report } from '../output/run-steps.ts'
import { commitSigned } from './commit-signed.ts'
import { readHubFiles } from './hub-files.ts'
import { lookHead } from './look-head.ts'
import type { Listing } from './plan-listing.ts'
import type { RefMove, Refs } from './open-refs.ts'
import type { Promotion } from './promotion.ts'

/**
 * The commit that brings Argo CD's own objects of an environment on its hub's ref to what the sources have, or adds releases
 * to them; others of the hub keep theirs, unless the ref's head is none that Argo CD takes: then nothing of it stays, and all
 * come from the sources. The ref is not moved yet.
 */
export async function composeHub(
  { root, platform, environment, dryRun }: Promotion,
  refs: Refs,
  source: string,
  report: Report,
  listing?: Listing,
): Promise<RefMove> {
  const ref = hubRef(environment)
  const { commit: before, refused, trailers } = await lookHead(refs, { ...platform, environment }, ref)
  if (refused) report(`${ref}: ${refused.found}; all of the hub is written again`)
  const served = platform.environments.filter((one) => hubRef(one) === ref)
  const names = (refused ? served : [environment]).map(({ definition }) => definition.name)
  const title = `hub of ${names.join(', ')}${listing ? `: ${listing.releases.join(', ')}` : ''}`
  const message = [title, '', `Source: ${source}`, ...trailers, ''].join('\n')
  const update = {
    message,
    files: [
      ...(listing?.files ?? (await readHubFiles(root, names))),
      { path: CODE_OWNERS_FILE, text: printRefOwners(platform, []) },
    ],
    removed: refused ? await listTop(refs, before) : names.map((name) => `argocd/${name}`),
    isDraft: dryRun,
    evenSame: refused !== undefined,
  }
  return { ref, before, after: await commitSigned(refs, environment, update, before) }
}

/** Whatever is at the top of a commit. */
async function listTop({ repository }: Refs, commit: string | undefined): Promise<string[]> {
  if (commit === undefined) return []
  const listed = await runGit(repository, ['ls-tree', '--name-only', '-z', '--full-tree', commit])
  return listed.split('\0').filter(Boolean)
}
