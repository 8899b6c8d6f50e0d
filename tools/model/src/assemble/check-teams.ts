import type { Finding } from '@opencore/contract/findings'
import type { Locator } from '../locate/create-locator.ts'
import type { Definitions } from './read-definitions.ts'
import { unknownName } from './unknown-name.ts'

/** Who owns what: every team that a service, data or the defaults name is defined. Finding: `TEAM_UNKNOWN`. */
export function checkTeams({ data, defaults, services, teams }: Definitions, locate: Locator): Finding[] {
  const known = teams.map(({ value }) => value.name)
  return [defaults, ...services, ...data]
    .filter(({ value }) => !known.includes(value.team))
    .map(({ value, place }) =>
      unknownName(
        'team',
        value.team,
        known,
        locate({ ...place, path: ['team'] }),
        'define it in environments/teams/, or correct the name',
      ),
    )
}
