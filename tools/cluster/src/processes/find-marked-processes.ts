import { readdir, readFile } from 'node:fs/promises'
import type { ProcessIdentity } from './process-identity.ts'
import { identifyProcess } from './process-identity.ts'

/** The environment variable that marks every process of one folder, and all their children. */
export const MARKER = 'OPENCORE_PLATFORM'

/**
 * Every running process of this user that carries our marker with this value: children of a supervisor that was
 * killed are found exactly, whatever became of their parent. Reads Linux' /proc, so elsewhere the
 * answer is empty and the recorded process ids are all there is.
 */
export async function findMarkedProcesses(value: string): Promise<ProcessIdentity[]> {
  const entries = await readdir('/proc').catch(() => [])
  const pids = entries.filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(
    pids.map(async (pid) => ((await carries(pid, value)) ? identifyProcess(pid) : undefined)),
  )
  return found.filter((identity) => identity !== undefined)
}

/** Root can read what others put into their environment, and anybody may put the marker there: they are none of ours. */
async function carries(pid: number, value: string): Promise<boolean> {
  if (pid === process.pid || (await readUser(pid)) !== process.getuid?.()) return false
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
  return environment.split('\0').includes(`${MARKER}=${value}`)
}

/** Who started it: of a program that runs as root for whoever calls it, the caller. */
async function readUser(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const real = /^Uid:\s+(\d+)/m.exec(status)?.[1]
  return real === undefined ? undefined : Number(real)
}
