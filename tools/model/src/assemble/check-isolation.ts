import type { Finding } from '@opencore/contract'
import { formatPath } from '../format-path.ts'
import type { Json, Path } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { ForeignDomain } from './environment-sources.ts'
import { locateInRelease } from './locate-in-release.ts'
import type { PlatformEnvironment } from './platform.ts'

/**
 * Production must not reach into other tiers (PCI DSS 6.5.3: pre-production is separated from production): no value of
 * a production release names a host in the domain of another tier. Finding: `PRODUCTION_REACHES_OUT`.
 * @param foreign none for environments of other tiers
 */
export function checkIsolation(
  { releases }: PlatformEnvironment,
  foreign: readonly ForeignDomain[],
  locate: Locator,
): Finding[] {
  if (foreign.length === 0) return []
  return releases.flatMap((release) =>
    texts(release.values, []).flatMap(({ path, text }): Finding[] => {
      const other = foreign.find(({ domain }) => text.includes(domain))
      if (!other) return []
      return [
        {
          code: 'PRODUCTION_REACHES_OUT',
          severity: 'error',
          at: locateInRelease(release, path, locate),
          found: `\`${formatPath(path)}\` names ${other.domain}, the domain of ${other.name}`,
          wanted: 'hosts of production',
          next: 'set the value for each tier by itself',
        },
      ]
    }),
  )
}

function texts(value: Json, path: Path): { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]: [string, Json]) => texts(inner, [...path, key]))
}
