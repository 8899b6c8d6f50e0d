import { rm } from 'node:fs/promises'
import { findMarkedProcesses } from '../processes/find-marked-processes.ts'
import { isRunning } from '../processes/process-identity.ts'
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
 * there was nothing.
 */
export async function stopPlatform(folder: string, report: Report): Promise<boolean> {
  const layout = layOut(folder)
  const before = await findMarkedProcesses(layout.marker)
  if (before.length > 0) report(`stopping ${before.length} processes`)
  await stopSupervisor(layout)
  await stopProcesses(await findMarkedProcesses(layout.marker))
  for (const path of [layout.data, layout.kubeconfigs, layout.logs])
    await rm(path, { recursive: true, force: true })
  return before.length > 0
}

/** Tell a supervisor to stop and wait until it is gone; nothing happens when none runs. */
export async function stopSupervisor(layout: Layout): Promise<void> {
  const state = await readSupervisorState(layout.state)
  if (state !== undefined && (await isRunning(state.supervisor)))
    await stopProcesses([state.supervisor], SUPERVISOR_GRACE_MS)
}
