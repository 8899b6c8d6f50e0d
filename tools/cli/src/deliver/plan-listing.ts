import type { Finding, Result } from '@opencore/contract'
import { failure, success } from '@opencore/contract/findings'
import { environmentRef, hubRef, planEnvironment } from '@opencore/plan'
import { nameSome } from '../output/name-some.ts'
import { isHubFile, type HubFile } from './hub-files.ts'
import { readListed } from './read-listed.ts'
import { lookHead } from './look-head.ts'
import type { Refs } from './open-refs.ts'
import type { Promotion } from './promotion.ts'

/** What makes a hub list releases that it does not list yet: without an Application nobody reads their folders. */
export interface Listing {
  releases: readonly string[]
  /** All of the environment on the hub's ref, as it will be. */
  files: readonly HubFile[]
}

/**
 * How the hub comes to list what is promoted by name; nothing where it lists all of it. They are added to what is there, and
 * nothing else changes. Findings: the hub is otherwise than this commit would have it without them, or this commit does not
 * have them (HUB_BEHIND); its head is none that Argo CD takes (REF_UNSIGNED, REF_REWOUND).
 * @param promoted names of releases
 */
export async function planListing(
  { platform, environment }: Promotion,
  refs: Refs,
  promoted: readonly string[],
): Promise<Result<Listing | undefined>> {
  const { name } = environment.definition
  const ref = hubRef(environment)
  const { there, listed } = await readListed(refs, environment)
  const releases = promoted.filter((release) => !listed.has(release))
  if (releases.length === 0) return success(undefined)
  const known = new Set(environment.releases.map((release) => release.name))
  const unknown = releases.filter((release) => !known.has(release))
  if (unknown.length > 0) return failure([absent(ref, name, unknown)])
  if (there.size === 0 && (await refs.look(environmentRef(name))) === undefined)
    return failure([empty(ref, name, releases)])
  const { refused } = await lookHead(refs, { ...platform, environment }, ref)
  if (refused) return failure([refused])
  const planWith = (names: ReadonlySet<string>) => {
    const own = environment.releases.filter((release) => names.has(release.name))
    return planEnvironment({ ...environment, releases: own }, platform).filter(({ path }) =>
      isHubFile(path, name),
    )
  }
  const expected = planWith(listed)
  if (expected.length !== there.size || expected.some(({ path, text }) => there.get(path) !== text))
    return failure([behind(ref, name, releases)])
  return success({ releases, files: planWith(new Set([...listed, ...releases])) })
}

const absent = (ref: string, environment: string, releases: readonly string[]): Finding => ({
  code: 'HUB_BEHIND',
  severity: 'error',
  at: { file: ref },
  found: `${environment} has no Application of ${nameSome(releases)}, and this commit, of which the hub's objects come, has none either`,
  wanted: 'a release that somebody reads, once it is there',
  next: `define it for ${environment} here, too; or leave it out`,
})

/** Nothing can be added to what is not there: namespaces and projects come with everything. */
const empty = (ref: string, environment: string, releases: readonly string[]): Finding => ({
  code: 'HUB_BEHIND',
  severity: 'error',
  at: { file: ref },
  found: `nothing was promoted to ${environment} yet, and so it has no Application of ${nameSome(releases)}`,
  wanted: 'an environment as a whole first, with its namespaces and its projects',
  next: `opencore promote ${environment}: without names, the hub follows`,
})

const behind = (ref: string, environment: string, releases: readonly string[]): Finding => ({
  code: 'HUB_BEHIND',
  severity: 'error',
  at: { file: ref },
  found: `${environment} has no Application of ${nameSome(releases)} yet, and the hub is otherwise than this commit has it in more than that`,
  wanted: 'a hub to which these can be added, and nothing else',
  next: `opencore diff ${ref} says in what; then opencore promote ${environment}: without names, the hub follows`,
})
