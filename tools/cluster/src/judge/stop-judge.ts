import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findMarkedProcesses } from '../processes/find-marked-processes.ts'
import { stopProcesses } from '../processes/stop-processes.ts'
import { judgeFolder } from './judge-folder.ts'
import { readState } from './judge-state.ts'
import { withLock } from './with-lock.ts'

/** Stop the judge's servers and forget their data; verdicts stay. Says how many processes were running. */
export function stopJudge(folder = judgeFolder()): Promise<number> {
  return withLock(join(folder, 'servers'), () => stopServers(folder))
}

/** The same for a caller that already holds the lock. */
export async function stopServers(folder: string): Promise<number> {
  const state = await readState(folder)
  const recorded = state === undefined ? [] : [...Object.values(state.servers), state.etcd]
  const marked = await findMarkedProcesses(folder)
  const all = new Map([...recorded, ...marked].map((identity) => [identity.pid, identity]))
  // Their data goes too, so there is nothing to finish in order.
  await stopProcesses([...all.values()], 0)
  await rm(join(folder, 'state.json'), { force: true })
  await rm(join(folder, 'etcd'), { recursive: true, force: true })
  await rm(join(folder, 'logs'), { recursive: true, force: true })
  return marked.length
}
