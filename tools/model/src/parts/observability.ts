import { textAt } from '../read-value.ts'
import { deriveTier } from './derive-data.ts'
import { derive, joinDerived, nothing, type DerivedValues } from './derived-values.ts'
import type { Facts, Part, PartKind } from './part.ts'
import { deriveStore, secretFolderOf, vaultInUse } from './vault.ts'

/** Who is told of what is broken. It has no pods: Alertmanager's are the cluster's. */
export const observability: PartKind = {
  isGuest: true,
  doors: () => [],
  calls: () => [],
  settings: () => ({ env: {} }),
  alertLabels: ['prometheusRule', 'alertLabels'],
  keeps: (part) => (isBrought(part) ? part.place : undefined),
  values: (facts) => {
    const { environment, alerting } = facts
    const { name, role } = environment.value
    const said = (key: string) => ({ ...environment.place, path: [key] })
    return joinDerived([
      derive(['environment'], name, said('name')),
      deriveTier(facts),
      derive(['waits'], role !== 'active', said('role')),
      derive(['team'], alerting.owner.value, alerting.owner.place),
      ...alerting.teams.map(({ value: { name: team, channel, pager }, place }) =>
        derive(['teams', team], { channel, ...(pager && { pager }) }, place),
      ),
      deriveMaintenance(facts),
      deriveStore(facts),
      deriveCredentials(facts),
    ])
  },
}

/** Its credentials come from a store, unless a Secret of one's own has them. */
function isBrought({ values }: Part): boolean {
  return textAt(values, 'credentials', 'secretName') === undefined
}

function deriveCredentials(facts: Facts): DerivedValues {
  const { part } = facts
  if (!vaultInUse(facts) || !isBrought(part)) return nothing
  return derive(['credentials', 'path'], `${secretFolderOf(part, facts)}/alertmanager`, part.place)
}

function deriveMaintenance({ alerting: { maintenance } }: Facts): DerivedValues {
  const [first] = maintenance
  if (!first) return nothing
  const windows = maintenance.map(({ value: { description, intervals } }, index) => ({
    name: `window-${index + 1}`,
    description,
    intervals: intervals.map((interval) => ({ ...interval })),
  }))
  return derive(['maintenance'], windows, first.place)
}
