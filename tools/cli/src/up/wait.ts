import {
  connectPlatform,
  listPlayedKinds,
  waitForApplications,
  type ApplicationRow,
  type ExpectedApplication,
  type PlatformSpec,
} from '@opencore/cluster'
import type { Report } from '../output/run-steps.ts'
import { exitCode, Refusal } from '../output/refusal.ts'

/** A first start of everything on two cores takes about a minute; this is no target but the end of patience. */
const timeoutMs = 300_000

/** Wait until every expected Application is Synced and Healthy. Refuses with Argo CD's own words for each that is not. */
export async function waitUntilHealthy(
  folder: string,
  { modules, stages }: PlatformSpec,
  expected: readonly ExpectedApplication[],
  report: Report,
): Promise<ApplicationRow[]> {
  const hub = await connectPlatform(folder)
  if (!hub) throw new Error(`no platform was started in ${folder}`)
  try {
    const played = await listPlayedKinds({ kwok: modules.kwok, stages })
    const rows = await waitForApplications(hub, expected, report, { timeoutMs, played })
    if (!rows.ok) throw new Refusal(rows.findings, exitCode.findings)
    return rows.value
  } finally {
    await hub.close()
  }
}
