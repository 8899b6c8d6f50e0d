import { isRunning } from '../processes/process-identity.ts'
import { layOut } from './layout.ts'
import { readSupervisorState } from './supervisor-state.ts'

/** Whether a platform runs in this folder, or starts; nothing of it is asked. */
export async function isSupervised(folder: string): Promise<boolean> {
  const state = await readSupervisorState(layOut(folder).state)
  return state !== undefined && isRunning(state.supervisor)
}
