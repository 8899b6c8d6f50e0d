import type { Finding } from '@opencore/contract'
import { readFiles } from '@opencore/delivery'
import { hubRef, planEnvironment } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import { isHubFile, type HubFile } from './hub-files.ts'
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
 * nothing else changes: refuses where the hub is otherwise than this commit would have it without them, and what this commit
 * does not have (HUB_BEHIND).
 * @param promoted names of releases
 */
export async function planListing(
  { platform, environment }: Promotion,
  refs: Refs,
  promoted: readonly string[],
): Promise<Listing | undefined> {
  const { name } = environment.definition
  const ref = hubRef(environment)
  const { commit, refused } = await lookHead(refs, { ...platform, environment }, ref)
  const all =
    commit === undefined
      ? new Map<string, string>()
      : await readFiles(refs.repository, commit, `argocd/${name}`)
  const there = new Map([...all].filter(([path]) => isHubFile(path, name)))
  const listed = listReleases(there)
  const releases = promoted.filter((release) => !listed.has(release))
  if (releases.length === 0) return undefined
  const known = new Set(environment.releases.map((release) => release.name))
  const unknown = releases.filter((release) => !known.has(release))
  if (unknown.length > 0) throw new Refusal([absent(ref, name, unknown)], exitCode.findings)
  if (refused) throw new Refusal([refused], exitCode.findings)
  const planWith = (names: ReadonlySet<string>) => {
    const own = environment.releases.filter((release) => names.has(release.name))
    return planEnvironment({ ...environment, releases: own }, platform).filter(({ path }) =>
      isHubFile(path, name),
    )
  }
  const expected = planWith(listed)
  if (expected.length !== there.size || expected.some(({ path, text }) => there.get(path) !== text))
    throw new Refusal([behind(ref, name, releases)], exitCode.findings)
  return { releases, files: planWith(new Set([...listed, ...releases])) }
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

const absent = (ref: string, environment: string, releases: readonly string[]): Finding => ({
  code: 'HUB_BEHIND',
  severity: 'error',
  at: { file: ref },
  found: `${environment} has no Application of ${releases.join(' and ')}, and this commit, of which the hub's objects come, has none either`,
  wanted: 'a release that somebody reads, once it is there',
  next: `define it for ${environment} here, too; or leave it out`,
})

const behind = (ref: string, environment: string, releases: readonly string[]): Finding => ({
  code: 'HUB_BEHIND',
  severity: 'error',
  at: { file: ref },
  found: `${environment} has no Application of ${releases.join(' and ')} yet, and the hub is otherwise than this commit has it in more than that`,
  wanted: 'a hub to which these can be added, and nothing else',
  next: `opencore diff ${ref} says in what; then opencore promote ${environment}: without names, the hub follows`,
})
