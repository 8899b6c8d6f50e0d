import { intervalsOf } from '../define/sync-window.ts'
import type { Alerting } from '../parts/part.ts'
import type { Definitions } from './read-definitions.ts'

/** Who hears of alerts in an environment, and when nobody does; its own tier is the only one in the definitions. */
export function readAlerting({ defaults, teams, tiers }: Definitions): Alerting {
  return {
    owner: { value: defaults.value.team, place: { ...defaults.place, path: ['team'] } },
    teams: teams
      .map(({ value: { name, channels, onCall = false }, place }) => ({
        value: { name, channel: channels.alerts, pager: onCall },
        place: { ...place, path: ['channels', 'alerts'] },
      }))
      .sort((a, b) => (a.value.name < b.value.name ? -1 : 1)),
    maintenance: tiers.flatMap(({ value: { delivery }, place }) =>
      (delivery.syncWindows ?? []).flatMap((window, index) => {
        const intervals = window.mutesAlerts ? intervalsOf(window) : undefined
        const at = { ...place, path: ['delivery', 'syncWindows', index] }
        return intervals ? [{ value: { description: window.description, intervals }, place: at }] : []
      }),
    ),
  }
}
