import type { Finding } from '@opencore/contract'
import type { DeliveredEnvironment } from '@opencore/delivery'
import { environmentRef } from '@opencore/plan'
import { nameSome } from '../output/name-some.ts'
import { Refusal } from '../output/refusal.ts'
import type { Promotion } from './promotion.ts'

/**
 * Refuses names of releases that the sources do not have for an environment, and that are no typos: what is gone from them,
 * which goes by no name (RELEASE_GONE), and what a definition limits to other environments (RELEASE_ABSENT).
 */
export function refuseAbsent(
  { platform, environment, releases = [], from }: Promotion,
  before: DeliveredEnvironment,
): void {
  if (from !== undefined) return
  const { name } = environment.definition
  const known = new Set(environment.releases.map((release) => release.name))
  const there = new Set(before.releases.map((release) => release.name))
  const findings = releases
    .filter((release) => !known.has(release))
    .flatMap((release): Finding[] => {
      const others = platform.environments
        .filter((one) => one.releases.some((each) => each.name === release))
        .map(({ definition }) => definition.name)
      const file = platform.owned.find((one) => one.name === release)?.place.file
      if (file !== undefined && others.length > 0)
        return [limited(name, release, others, file, there.has(release))]
      return there.has(release) ? [gone(name, release)] : []
    })
  if (findings.length > 0) throw new Refusal(findings)
}

const gone = (environment: string, release: string): Finding => ({
  code: 'RELEASE_GONE',
  severity: 'error',
  at: { file: `${environmentRef(environment)}:${release}` },
  found: `${release} is gone from the sources`,
  wanted: 'a release that the sources have; what they do not have any more goes with everything',
  next: `opencore promote ${environment}`,
})

const limited = (
  environment: string,
  release: string,
  others: readonly string[],
  file: string,
  isThere: boolean,
): Finding => ({
  code: 'RELEASE_ABSENT',
  severity: 'error',
  at: { file },
  found: `\`${release}\` is limited to ${nameSome(others)}, and not in ${environment}`,
  wanted: `a release that is in ${environment}`,
  next: isThere
    ? `opencore promote ${environment}: without names, what is not in it any more goes`
    : `add '${environment}' to \`environments\` in ${file}, then: opencore generate, and merge that`,
})
