import type { Result } from '@opencore/contract'
import { success } from '@opencore/contract/findings'
import type { ApplicationRow } from '../applications/application-row.ts'
import { describeApplication } from '../applications/application-row.ts'
import { awaitApplications, type Patience } from '../applications/await-applications.ts'
import type { ExpectedApplication } from '../applications/find-lack.ts'
import { ARGOCD_NAMESPACE } from '../argocd/argocd-objects.ts'
import type { Report } from '../report.ts'
import { findUnplayed } from '../simulation/find-unplayed.ts'
import { loadSimulation } from '../simulation/simulation.ts'
import { openPlatform } from './open-platform.ts'
import { readTroubles } from './read-troubles.ts'

/**
 * Wait until every expected Application of the running platform in this folder is Synced and Healthy at its commit. The
 * rows come in the order expected. Fails as awaitApplications does; and at once when a kind turns up whose health nothing
 * here would ever make good.
 */
export async function waitForApplications(
  folder: string,
  expected: readonly ExpectedApplication[],
  report: Report,
  { timeoutMs }: Pick<Patience, 'timeoutMs'>,
): Promise<Result<ApplicationRow[]>> {
  const { hub, spec } = await openPlatform(folder)
  const simulation = await loadSimulation(spec)
  try {
    const applications = await awaitApplications(hub, expected, report, {
      namespace: ARGOCD_NAMESPACE,
      timeoutMs,
      findHopeless: (application) => findUnplayed(application, simulation),
      readTroubles: (some) => readTroubles(folder, some),
    })
    if (!applications.ok) return applications
    return success(
      applications.value.map((application) => describeApplication(application, simulation.played)),
    )
  } finally {
    await hub.close()
  }
}
