import { ARGOCD_NAMESPACE } from '../argocd/argocd-objects.ts'
import type { Application } from '../applications/application.ts'
import { APPLICATION } from '../applications/application.ts'
import type { ApplicationRow } from '../applications/application-row.ts'
import { describeApplication } from '../applications/application-row.ts'
import { loadSimulation } from '../simulation/simulation.ts'
import { findMarkedProcesses } from '../processes/find-marked-processes.ts'
import { isRunning } from '../processes/process-identity.ts'
import { layOut } from './layout.ts'
import { addTrouble, isWaiting } from '../applications/add-trouble.ts'
import { openPlatform } from './open-platform.ts'
import { readTroubles } from './read-troubles.ts'
import type { SupervisorState } from './supervisor-state.ts'
import { readSupervisorState } from './supervisor-state.ts'

/** How the platform in a folder fares. */
export type PlatformStatus =
  /** No process of it runs. */
  | { phase: 'absent' }
  /** Its supervisor was killed; so many of its processes still run. `up` repairs it, `down` removes it. */
  | { phase: 'crashed'; processes: number }
  | { phase: SupervisorState['phase']; supervisor: SupervisorState; applications: ApplicationRow[] }

/** Look at the platform in this folder; nothing is changed. Applications are sorted by name. */
export async function readStatus(folder: string): Promise<PlatformStatus> {
  const layout = layOut(folder)
  const supervisor = await readSupervisorState(layout.state)
  if (supervisor === undefined || !(await isRunning(supervisor.supervisor))) {
    const { length } = await findMarkedProcesses(layout.marker)
    return length === 0 ? { phase: 'absent' } : { phase: 'crashed', processes: length }
  }
  const applications = supervisor.phase === 'running' ? await readApplications(folder) : []
  return { phase: supervisor.phase, supervisor, applications }
}

async function readApplications(folder: string): Promise<ApplicationRow[]> {
  const { hub, spec } = await openPlatform(folder)
  try {
    const { played } = await loadSimulation(spec)
    const { items } = await hub.list<Application>(APPLICATION, { namespace: ARGOCD_NAMESPACE })
    const troubles = await readTroubles(folder, items.filter(isWaiting))
    return items.map((item) =>
      addTrouble(describeApplication(item, played), item, troubles.get(item.metadata.name)),
    )
  } finally {
    await hub.close()
  }
}
