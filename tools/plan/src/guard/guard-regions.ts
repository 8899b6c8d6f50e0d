import { isObject, type Finding, type PlannedFile } from '@opencore/contract'
import { parse } from 'yaml'
import { valuesPath } from '../plan-values.ts'
import { readReleases } from './read-releases.ts'

/** What a release of data says of the regions that it is in. */
interface Member {
  environment: string
  release: string
  self: unknown
  primary: unknown
  promotion: unknown
}

/**
 * Promotions out of order, which only the step before can tell. A token is what a database leaves when it steps down,
 * so it cannot be there in the change that makes it do so: `PROMOTES_TOO_EARLY`. One that followed was not the first:
 * `PROMOTES_AS_FIRST`, which would be a failover that nobody decided on.
 * @param previous the generated tree at the merge base
 */
export function guardRegions(previous: readonly PlannedFile[], planned: readonly PlannedFile[]): Finding[] {
  const old = new Map(previous.map(({ path, text }) => [path, text]))
  // Lists of releases, and those values that change: who stays as it was promotes nothing.
  const changed = planned.filter(({ path, text }) => !path.includes('/values/') || old.get(path) !== text)
  const members = readMembers(changed)
  const before = members.length === 0 ? [] : readMembers(previous)
  return members.flatMap((member): Finding[] => {
    const { environment, release, self, promotion } = member
    const own = before.find((other) => other.environment === environment && other.release === release)
    if (!takesWrites(member) || !own || takesWrites(own)) return []
    const at = { file: valuesPath(environment, release) }
    const now = `${environment}/${release} followed ${String(own.primary)} and becomes the primary ${String(self)}`
    if (promotion === 'first')
      return [
        {
          code: 'PROMOTES_AS_FIRST',
          severity: 'error',
          at,
          found: `${now} as if it had been the first`,
          wanted: '`planned` with a token, or `failover` where the other region is lost',
          next: 'follow docs/moving-production.md',
        },
      ]
    const former = before.find((other) => other.release === release && takesWrites(other))
    if (promotion !== 'planned' || !former) return []
    return [
      {
        code: 'PROMOTES_TOO_EARLY',
        severity: 'error',
        at,
        found: `${now} by a token, and ${former.environment}/${release} has not stepped down`,
        wanted: 'a change before this one in which the other steps down and leaves its token',
        next: 'merge and sync `stepsDown` first, then take the token (docs/moving-production.md)',
      },
    ]
  })
}

const takesWrites = ({ self, primary }: Member) => self === primary

function readMembers(files: readonly PlannedFile[]): Member[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  return readReleases(files).flatMap(({ environment, release }) => {
    const text = texts.get(valuesPath(environment, release))
    // Few values have regions, and reading YAML is most of the guard's time.
    if (text?.includes('\nregions:') !== true && text?.startsWith('regions:') !== true) return []
    const { regions } = (parse(text) ?? {}) as { regions?: unknown }
    if (!isObject(regions) || regions['self'] === undefined) return []
    const { self, primary, promotion } = regions
    return [{ environment, release, self, primary, promotion }]
  })
}
