import type { Finding } from '@opencore/contract'
import { formatPath } from '../format-path.ts'
import type { Json, Path } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import { locateInRelease } from './locate-in-release.ts'
import type { PlatformEnvironment } from './platform.ts'

/**
 * Production must not reach into other tiers (PCI DSS 6.5.3: pre-production is separated from production): no value of
 * a production release names a host in the domain of another tier. Finding: `PRODUCTION_REACHES_OUT`.
 */
export function checkIsolation(environments: readonly PlatformEnvironment[], locate: Locator): Finding[] {
  const foreign = environments.filter(({ definition }) => definition.tier !== 'production')
  return environments
    .filter(({ definition }) => definition.tier === 'production')
    .flatMap(({ releases }) => releases)
    .flatMap((release) =>
      texts(release.values, []).flatMap(({ path, text }): Finding[] => {
        const other = foreign.find(({ definition }) => text.includes(definition.domain))
        if (!other) return []
        const { name, domain } = other.definition
        return [
          {
            code: 'PRODUCTION_REACHES_OUT',
            severity: 'error',
            at: locateInRelease(release, path, locate),
            found: `\`${formatPath(path)}\` names ${domain}, the domain of ${name}`,
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
