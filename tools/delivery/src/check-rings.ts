import type { Finding } from '@opencore/contract'
import { isSameRelease } from './compare-release.ts'
import type { DeliveredEnvironment } from './read-environment.ts'
import type { RenderedRelease } from './release-folder.ts'

/** An environment that comes first, and what the promoted commit renders for it. */
export interface EarlierEnvironment {
  name: string
  /** It is the region that waits, of the pair that is promoted to; else of the ring before. */
  isStandby: boolean
  delivered: DeliveredEnvironment
  rendered: readonly RenderedRelease[]
}

/** As many releases are named one by one; more are said in one line. */
const NAMED = 5

/**
 * Releases that an environment which comes first has, and does not run as this commit has them. Findings: RING_SKIPPED and
 * STANDBY_BEHIND, one for each release and environment, or one for an environment that lacks many.
 * @param promoted names of the releases
 */
export function checkRings(promoted: readonly string[], earlier: readonly EarlierEnvironment[]): Finding[] {
  return earlier.flatMap((environment) => {
    const { name, delivered, rendered } = environment
    const running = new Map(delivered.releases.map((release) => [release.name, release]))
    const lacking = rendered
      .filter(({ release }) => promoted.includes(release))
      .filter((release) => !isSameRelease(running.get(release.release), release))
    if (lacking.length > NAMED) return [complain(environment, describeMany(name, lacking))]
    return lacking.map((one) => {
      const runs = running.get(one.release)?.record?.sourceCommit
      return complain(environment, describeOne(name, one, runs), one.release)
    })
  })
}

function describeMany(environment: string, lacking: readonly RenderedRelease[]): string {
  const names = lacking.slice(0, NAMED).map(({ release }) => release)
  const [one] = lacking
  return `${environment} does not run ${names.join(', ')} and ${lacking.length - NAMED} more as commit ${short(one?.sourceCommit ?? '')} renders them`
}

function describeOne(environment: string, { release, sourceCommit }: RenderedRelease, runs?: string): string {
  const commit = `commit ${short(sourceCommit)} renders`
  if (runs === undefined) return `${environment} does not have ${release}, which ${commit}`
  return `${environment} has of commit ${short(runs)} ${release}, which ${commit} otherwise`
}

function complain({ name, isStandby }: EarlierEnvironment, found: string, release?: string): Finding {
  return {
    code: isStandby ? 'STANDBY_BEHIND' : 'RING_SKIPPED',
    severity: 'error',
    at: { file: release === undefined ? `env/${name}` : `env/${name}:${release}` },
    found,
    wanted: isStandby
      ? 'the region that waits first: what takes over has to have it'
      : 'what the ring before has on its ref',
    next: `opencore promote ${release === undefined ? name : `${name} ${release}`}; in an emergency --allow-skip with the reason`,
  }
}

const short = (commit: string) => commit.slice(0, 12)
