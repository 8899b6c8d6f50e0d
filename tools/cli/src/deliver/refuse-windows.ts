import { describeEnd, explainClosing, isManual, listClosing } from '@opencore/delivery'
import { environmentRef } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import type { Promotion } from './promotion.ts'

/** Refuses while nothing may be synced; while people alone may, it says so: what is promoted waits for one of them. */
export function refuseWindows({ environment, dryRun }: Promotion, report: Report): void {
  const { name } = environment.definition
  const now = new Date()
  const closing = listClosing(environment.tier.delivery.syncWindows ?? [], now)
  if (closing.length > 0 && !isManual(closing) && !dryRun)
    throw new Refusal(explainClosing(environmentRef(name), closing, now), exitCode.findings)
  for (const window of closing) {
    const who = window.manualSync ? 'Argo CD syncs only what a person tells it to' : 'nothing may be synced'
    report(`${name}: ${who} ${describeEnd(window, now)}: ${window.description}`)
  }
}
