import type { Finding } from '@opencore/contract/findings'
import type { Locator } from '../locate/create-locator.ts'
import { partKindOf } from '../parts/index.ts'
import { locateInRelease } from './locate-in-release.ts'
import type { PlatformEnvironment } from './platform.ts'

/**
 * Data that takes writes in the region that serves, and there alone: not where services wait, which would be a second
 * primary or a promotion before the other has stepped down, and not missing where they run. Finding: `REGION_WRITES`.
 */
export function checkRegions(
  { definition: { name, role }, releases }: PlatformEnvironment,
  locate: Locator,
): Finding[] {
  return releases.flatMap((release): Finding[] => {
    const takesWrites = partKindOf(release.chart.name).takesWrites?.(release.values)
    if (takesWrites === undefined || takesWrites === (role === 'active')) return []
    return [
      {
        code: 'REGION_WRITES',
        severity: 'error',
        at: locateInRelease(release, ['regions', 'primary'], locate),
        found: takesWrites
          ? `\`${release.name}\` takes writes in ${name}, which is ${role}`
          : `\`${release.name}\` takes no writes in ${name}, which is active`,
        wanted: takesWrites
          ? 'writes in the region that serves alone: another that takes them goes its own way, and one of the two is lost'
          : 'services where their databases are primary',
        next: 'follow docs/moving-production.md, one commit for each step',
      },
    ]
  })
}
