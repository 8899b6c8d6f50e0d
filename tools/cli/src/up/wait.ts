import { waitForApplications, type ApplicationRow, type ExpectedApplication } from '@opencore/cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../output/run-steps.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import { compareApplications } from './compare-applications.ts'
import { describeDifference } from './describe-difference.ts'

/** Every few seconds another is ready on two cores; this is no target but the end of patience. */
const timeoutMs = 240_000

/** What differs a moment after it was synced, Argo CD or a controller may be setting right just now. */
const looks = 5
const pauseMs = 2_000

/**
 * Wait until every expected Application is Synced and Healthy, and our own dry run says the same. Refuses with Argo CD's
 * own words for each that is not, and with the API server's for each that is frozen (APPLICATION_FROZEN).
 */
export async function waitUntilHealthy(
  folder: string,
  expected: readonly ExpectedApplication[],
  report: Report,
): Promise<ApplicationRow[]> {
  const rows = await waitForApplications(folder, expected, report, { timeoutMs })
  if (!rows.ok) throw new Refusal(rows.findings, exitCode.findings)
  report('comparing what is there with what git says')
  let compared = await compareApplications(folder, rows.value)
  for (let look = 1; look < looks && compared.some(({ sync }) => sync === 'OutOfSync'); look += 1) {
    await sleep(pauseMs)
    compared = await compareApplications(folder, rows.value)
  }
  const findings = compared.filter(({ sync }) => sync !== 'Synced').map(describeDifference)
  if (findings.length > 0) throw new Refusal(findings, exitCode.findings)
  return compared
}
