import { rm } from 'node:fs/promises'
import { findMarkedProcesses } from '../processes/find-marked-processes.ts'
import type { ProcessIdentity } from '../processes/process-identity.ts'
import { isRunning } from '../processes/process-identity.ts'
import { stopAll } from '../processes/stop-all.ts'
import { stopProcesses } from '../processes/stop-processes.ts'
import type { Report } from '../report.ts'
import type { Layout } from './layout.ts'
import { layOut } from './layout.ts'
import { readSupervisorState } from './supervisor-state.ts'

/** The supervisor needs this long at most to stop its processes tier by tier. */
const SUPERVISOR_GRACE_MS = 45_000

/**
 * Stop the platform in this folder and remove its data, whatever state it is in. Its ports stay recorded, so that
 * the next start has the same addresses. Only processes that it started are stopped. Resolves to false when
 * there was nothing. Throws a FindingsError with PROCESSES_LEFT.
 * @param removeNodes what real nodes leave when their processes have ended (@opencore/nodes)
 */
export async function stopPlatform(
  folder: string,
  report: Report,
  removeNodes: () => Promise<void> = () => Promise.resolve(),
): Promise<boolean> {
  const layout = layOut(folder)
  const { length } = await findLeftovers(layout)
  if (length > 0) report(`stopping ${length} processes`)
  await stopSupervisor(layout)
  await stopLeftovers(layout)
  await removeNodes()
  for (const path of [layout.data, layout.kubeconfigs, layout.logs])
    // What a node's last process wrote may still be coming.
    await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  return length > 0
}

/** Tell a supervisor to stop and wait until it is gone; nothing happens when none runs. */
export async function stopSupervisor(layout: Layout): Promise<void> {
  const state = await readSupervisorState(layout.state)
  if (state !== undefined && (await isRunning(state.supervisor)))
    await stopProcesses([state.supervisor], SUPERVISOR_GRACE_MS)
}

/** Stop every process of this platform that still runs, with no supervisor to do it; returns how many there were. */
export async function stopLeftovers(layout: Layout): Promise<number> {
  return stopAll(layout.folder, () => findLeftovers(layout))
}

/** Those that carry the marker, and those that the supervisor wrote down (all there is without Linux' /proc). */
async function findLeftovers(layout: Layout): Promise<ProcessIdentity[]> {
  const state = await readSupervisorState(layout.state)
  const recorded = state === undefined ? [] : [state.supervisor, ...state.processes]
  const running = await Promise.all(
    recorded.map(async (identity) => ((await isRunning(identity)) ? [identity] : [])),
  )
  const all = [...(await findMarkedProcesses(layout.marker)), ...running.flat()]
  return [...new Map(all.map((identity) => [identity.pid, identity])).values()]
}
