import type { Finding } from '@opencore/contract'
import { isAncestor, isSameRelease, readWithHands, type DeliveredEnvironment } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { findNamed } from '../releases/find-named.ts'
import { isOnMain } from './check-source.ts'
import { findMissing } from './find-missing.ts'
import type { Refs } from './open-refs.ts'
import type { Promotion } from './promotion.ts'
import { narrowParts, renderParts } from './render-parts.ts'

export interface FromMeans {
  refs: Refs
  /** The commit that is checked out. */
  source: string
  /** What is promoted to, as it is. */
  before: DeliveredEnvironment
  report: Report
}

/**
 * Releases by the commit that they come from, where they are as another environment has them. That is the checked out commit
 * where it renders a release there as the ref has it, and else the one that the record names. Refuses an environment that
 * nothing was promoted to (REF_MISSING), what is named and does not run there (FROM_LACKS), what was changed by hand
 * (RELEASE_DRIFTS), what no merged commit rendered (SOURCE_NOT_ON_MAIN), and, where it is named, what would go back
 * (FROM_EARLIER).
 */
export async function chooseCommits(
  { root, platform, environment, releases }: Promotion,
  from: string,
  { refs, source, before, report }: FromMeans,
): Promise<Map<string, string[]>> {
  const target = environment.definition.name
  const delivered =
    from === target ? before : await readWithHands(refs.repository, await refs.look(environmentRef(from)))
  const others = platform.environments.filter(({ definition }) => definition.name === from)
  const missing = await findMissing(
    refs,
    platform,
    others,
    'an environment that runs something, to take it as it is there',
  )
  if (missing.length > 0) throw new Refusal(missing, exitCode.findings)
  refuseLacking(others, delivered, releases)
  const wanted = findNamed(delivered.releases, releases, ({ name }) => name, 'release', `--from ${from}`)
  const delivers = new Set(environment.releases.map(({ name }) => name))
  const shared = releases || from === target ? wanted : wanted.filter(({ name }) => delivers.has(name))
  const here = narrowParts(
    from,
    [{ root, commit: source }],
    shared.map(({ name }) => name),
  )
  const rendered = await renderParts(from, here, report)
  const isAsHere = new Set(
    shared
      .filter((one) => rendered.some((twin) => twin.release === one.name && isSameRelease(one, twin)))
      .map(({ name }) => name),
  )
  const commits = new Map<string, string[]>()
  const findings: Finding[] = []
  for (const { name, record, drift } of shared) {
    const commit = isAsHere.has(name) ? source : (record?.sourceCommit ?? '')
    if (drift !== undefined) findings.push(drifts(from, target, name, drift))
    else if (commit !== source && !(await isOnMain(root, commit)))
      findings.push(foreign(from, target, name, commit))
    else if (await isLater(refs, commit, before, name)) {
      if (releases) findings.push(later(from, target, name, commit))
      else report(`${target}: ${name} stays, which is of a later commit than ${from} has`)
    } else commits.set(commit, [...(commits.get(commit) ?? []), name])
  }
  if (findings.length > 0) throw new Refusal(findings, exitCode.findings)
  return commits
}

/** Whether the target has a release of a commit that follows another: it would go back. */
async function isLater(
  { repository }: Refs,
  commit: string,
  before: DeliveredEnvironment,
  name: string,
): Promise<boolean> {
  const there = before.releases.find((one) => one.name === name)?.record?.sourceCommit
  if (there === undefined || there === commit) return false
  return isAncestor(repository, commit, there)
}

/** Refuses named releases that the sources have for an environment, and that it does not run yet. */
function refuseLacking(
  [from]: readonly PlatformEnvironment[],
  { releases }: DeliveredEnvironment,
  names: readonly string[] = [],
): void {
  const there = new Set(releases.map(({ name }) => name))
  const known = new Set(from?.releases.map(({ name }) => name))
  const lacking = names.filter((name) => !there.has(name) && known.has(name))
  if (from && lacking.length > 0) throw new Refusal([lacks(from.definition.name, lacking)], exitCode.findings)
}

const lacks = (from: string, releases: readonly string[]): Finding => ({
  code: 'FROM_LACKS',
  severity: 'error',
  at: { file: environmentRef(from) },
  found: `${from} does not run ${releases.join(' and ')} yet`,
  wanted: 'releases that run there, to take them as they are',
  next: `opencore promote ${from} ${releases.join(' ')}; or leave out --from: as this checkout has it`,
})

const drifts = (from: string, target: string, release: string, drift: string): Finding => ({
  code: 'RELEASE_DRIFTS',
  severity: 'error',
  at: { file: `env/${from}:${release}` },
  found: `somebody changed it by hand: ${drift}`,
  wanted: 'a release that is as its record says: it comes from there',
  next: repairOf(from, target, release),
})

const foreign = (from: string, target: string, release: string, commit: string): Finding => ({
  code: 'SOURCE_NOT_ON_MAIN',
  severity: 'error',
  at: { file: `env/${from}:${release}` },
  found: `its record names the commit ${commit.slice(0, 12)}, which is not on the main branch`,
  wanted: 'a commit that was reviewed and merged',
  next: repairOf(from, target, release),
})

/** What comes from itself is signed as a whole. */
const repairOf = (from: string, target: string, release: string) =>
  from === target
    ? `opencore rollback ${target}, to what was signed; or opencore promote ${target}: everything, as this checkout has it`
    : `opencore promote ${from} ${release}`

const later = (from: string, target: string, release: string, commit: string): Finding => ({
  code: 'FROM_EARLIER',
  severity: 'error',
  at: { file: `env/${target}:${release}` },
  found: `${target} has ${release} of a later commit than ${commit.slice(0, 12)}, which ${from} has it of`,
  wanted: 'a promotion that goes forward',
  next: `to go back: opencore rollback ${target} ${release}`,
})
