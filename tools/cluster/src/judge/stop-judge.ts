import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findMarkedProcesses } from '../processes/find-marked-processes.ts'
import { stopProcesses } from '../processes/stop-processes.ts'
import { judgeFolder } from './judge-folder.ts'
import { readState } from './judge-state.ts'
import { requireOwnFolder } from '../files/own-folder.ts'
import { withLock } from '../files/with-lock.ts'
import { serverLock } from './server-lock.ts'

/**
 * Stop the judge's servers of one folder and forget their data; verdicts stay. Waits for whoever asks one of them just
 * now. Says how many processes were running. Throws a FindingsError with FOLDER_FOREIGN.
 */
export async function stopJudge(folder = judgeFolder()): Promise<number> {
  await requireOwnFolder(folder)
  const servers = Object.keys((await readState(folder))?.servers ?? {})
  const locks = [...servers.map((server) => serverLock(folder, server)), join(folder, 'servers')]
  const stop = locks.reduceRight<() => Promise<number>>(
    (action, lock) => () => withLock(lock, action),
    () => stopServers(folder),
  )
  return stop()
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
