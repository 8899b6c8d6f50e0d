import { readFile } from 'node:fs/promises'

/** A process id that cannot be mistaken for a later process with the same number. */
export interface ProcessIdentity {
  pid: number
  /** Start time in clock ticks since boot (field 22 of /proc/PID/stat); empty where there is no /proc. */
  started: string
}

/** The identity of a running process, or nothing when it has ended (a zombie counts as ended). */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (process.platform !== 'linux') return signalReaches(pid) ? { pid, started: '' } : undefined
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The command name may hold blanks and brackets; the fields after its last bracket are fixed: 3 is the state.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const started = fields[19]
  if (started === undefined || fields[0] === 'Z') return undefined
  return { pid, started }
}

/** Whether exactly this process still runs. */
export async function isRunning({ pid, started }: ProcessIdentity): Promise<boolean> {
  return (await identifyProcess(pid))?.started === started
}

function signalReaches(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
