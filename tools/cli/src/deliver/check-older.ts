import type { Finding } from '@opencore/contract'
import { isAncestor, type DeliveredEnvironment, type EnvironmentUpdate } from '@opencore/delivery'
import { environmentRef } from '@opencore/plan'
import { nameSome } from '../output/name-some.ts'
import { isOnMain } from './check-source.ts'
import type { Refs } from './open-refs.ts'
import type { Promotion } from './promotion.ts'

interface Means {
  refs: Refs
  before: DeliveredEnvironment
  update: EnvironmentUpdate
  /** The commit that is checked out. */
  source: string
}

/**
 * Releases that would go back, or be gone, since what is checked out is older than what they were rendered from: whoever
 * forgot to pull takes nobody's release back. Findings: SOURCE_OLDER, one for each commit that a record names. What is
 * reverted on the main branch is a newer commit. Of a record that names no merged commit nothing is believed, so that a pull
 * always helps; what comes as another environment runs it is judged by that one's records (FROM_EARLIER).
 */
export async function checkOlder(
  { root, environment, from }: Promotion,
  { refs, before, update, source }: Means,
): Promise<Finding[]> {
  if (from !== undefined) return []
  const moving = new Set([...update.changed, ...update.removed])
  const byCommit = new Map<string, string[]>()
  for (const { name, record } of before.releases) {
    const commit = record?.sourceCommit ?? source
    if (moving.has(name) && commit !== source) byCommit.set(commit, [...(byCommit.get(commit) ?? []), name])
  }
  const findings: Finding[] = []
  for (const [commit, releases] of byCommit)
    if ((await isOnMain(root, commit)) && (await isAncestor(refs.repository, source, commit)))
      findings.push(older(environment.definition.name, releases, commit, source))
  return findings
}

function older(name: string, releases: readonly string[], commit: string, source: string): Finding {
  const ref = environmentRef(name)
  const [only = '', ...others] = releases
  return {
    code: 'SOURCE_OLDER',
    severity: 'error',
    at: { file: others.length > 0 ? ref : `${ref}:${only}` },
    found: `${name} has ${nameSome(releases)} of commit ${commit.slice(0, 12)}, and what is checked out is older: ${source.slice(0, 12)}`,
    wanted: 'a promotion that goes forward',
    next: `git switch main && git pull, then the same again; to go back on purpose: opencore rollback ${name}${others.length > 0 ? '' : ` ${only}`}`,
  }
}
