import { findNearNames, type Finding } from '@opencore/contract'
import type { Locator } from '../locate/create-locator.ts'
import type { Definitions } from './read-definitions.ts'

/**
 * A region whose zones are named after another that is spelt nearly alike (`REGION_MISSPELT`): one of the two is wrong. Where
 * zones are called otherwise altogether, as on one's own machines, nothing is known.
 */
export function checkZones({ environments }: Pick<Definitions, 'environments'>, locate: Locator): Finding[] {
  return environments.flatMap(({ value: { region, zones }, place }): Finding[] => {
    const common = commonBeginning(zones)
    if (common.startsWith(region) || findNearNames(region, [common]).length === 0) return []
    return [
      {
        code: 'REGION_MISSPELT',
        severity: 'error',
        at: locate({ ...place, path: ['region'] }),
        found: `the region is \`${region}\`, and its zones begin with \`${common}\``,
        wanted: 'zones of that region',
        next: `set \`region: '${common}'\`, or correct \`zones\``,
      },
    ]
  })
}

/** What all names begin with, without what joins it to the rest: `eu-west-1` of `eu-west-1a` and `eu-west-1b`. */
function commonBeginning([first = '', ...others]: readonly string[]): string {
  const end = first.split('').findIndex((letter, index) => others.some((other) => other[index] !== letter))
  return first.slice(0, end < 0 ? undefined : end).replace(/[^a-z0-9]+$/i, '')
}
