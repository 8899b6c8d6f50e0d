import { waitForApplications, type ApplicationRow, type ExpectedApplication } from '@opencore/cluster'
import type { Report } from '../output/run-steps.ts'
import { exitCode, Refusal } from '../output/refusal.ts'

/** A first start of everything on two cores takes about a minute; this is no target but the end of patience. */
const timeoutMs = 300_000

/** Wait until every expected Application is Synced and Healthy. Refuses with Argo CD's own words for each that is not. */
export async function waitUntilHealthy(
  folder: string,
  expected: readonly ExpectedApplication[],
  report: Report,
): Promise<ApplicationRow[]> {
  const rows = await waitForApplications(folder, expected, report, { timeoutMs })
  if (!rows.ok) throw new Refusal(rows.findings, exitCode.findings)
  return rows.value
}
