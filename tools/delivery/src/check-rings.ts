import type { Finding } from '@opencore/contract'
import { isSameRelease } from './compare-release.ts'
import type { DeliveredEnvironment } from './read-environment.ts'
import type { RenderedRelease } from './release-folder.ts'

/** An environment of the ring before, and what the promoted commit renders for it. */
export interface EarlierEnvironment {
  name: string
  delivered: DeliveredEnvironment
  rendered: readonly RenderedRelease[]
}

/** As many releases are named one by one; more are said in one line. */
const NAMED = 5

/**
 * Releases that would skip a ring: an environment of the ring before has the release, and does not run it as this commit
 * has it. Findings: RING_SKIPPED, one for each release and environment, or one for an environment that lacks many.
 * @param promoted names of the releases
 */
export function checkRings(promoted: readonly string[], ring: readonly EarlierEnvironment[]): Finding[] {
  return ring.flatMap(({ name, delivered, rendered }) => {
    const running = new Map(delivered.releases.map((release) => [release.name, release]))
    const lacking = rendered
      .filter(({ release }) => promoted.includes(release))
      .filter((release) => !isSameRelease(running.get(release.release), release))
    return lacking.length > NAMED
      ? [skippedTogether(name, lacking)]
      : lacking.map((release) => skipped(name, release, running.get(release.release)?.record?.sourceCommit))
  })
}

function skippedTogether(environment: string, lacking: readonly RenderedRelease[]): Finding {
  const names = lacking.slice(0, NAMED).map(({ release }) => release)
  const [one] = lacking
  return {
    code: 'RING_SKIPPED',
    severity: 'error',
    at: { file: `env/${environment}` },
    found: `${environment} does not run ${names.join(', ')} and ${lacking.length - NAMED} more as commit ${short(one?.sourceCommit ?? '')} renders them`,
    wanted: 'what the ring before has on its ref',
    next: `opencore promote ${environment}; in an emergency --allow-skip with the reason`,
  }
}

function skipped(environment: string, { release, sourceCommit }: RenderedRelease, runs?: string): Finding {
  return {
    code: 'RING_SKIPPED',
    severity: 'error',
    at: { file: `env/${environment}:${release}` },
    found: `${environment} ${runs === undefined ? 'does not have' : `has of commit ${short(runs)}`} ${release}, which commit ${short(sourceCommit)} renders otherwise`,
    wanted: 'what the ring before has on its ref',
    next: `opencore promote ${environment} ${release}; in an emergency --allow-skip with the reason`,
  }
}

const short = (commit: string) => commit.slice(0, 12)
