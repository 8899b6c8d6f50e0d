import type { Finding } from '@opencore/contract'
import { describeEnd, explainClosing, isManual, listClosing } from '@opencore/delivery'
import { environmentRef } from '@opencore/plan'
import type { Report } from '../output/run-steps.ts'
import type { Promotion } from './promotion.ts'

/** Windows in which nothing may be synced; while people alone may, and in a dry run, it says so: what is promoted waits for one of them. */
export function findClosed({ environment, dryRun }: Promotion, report: Report): Finding[] {
  const { name } = environment.definition
  const now = new Date()
  const closing = listClosing(environment.tier.delivery.syncWindows ?? [], now)
  if (closing.length > 0 && !isManual(closing) && !dryRun)
    return explainClosing(environmentRef(name), closing, now)
  for (const window of closing) {
    const who = window.manualSync ? 'Argo CD syncs only what a person tells it to' : 'nothing may be synced'
    report(`${name}: ${who} ${describeEnd(window, now)}: ${window.description}`)
  }
  return []
}
