import { execa } from 'execa'
import { readFile } from 'node:fs/promises'

/** A process id that cannot be mistaken for a later process with the same number. */
export interface ProcessIdentity {
  pid: number
  /** When it started: clock ticks since boot (field 22 of /proc/PID/stat), elsewhere what `ps` prints. */
  started: string
}

/** The identity of a running process, or nothing when it has ended (a zombie counts as ended). */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (process.platform !== 'linux') return identifyByPs(pid)
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The command name may hold blanks and brackets; after its last bracket come state (field 3), ..., threads (20), ...
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, threads, started] = [fields[0], fields[17], fields[19]]
  // The first thread may be a zombie while others still hold files and ports.
  const ended = state === 'Z' && Number(threads) <= 1
  if (started === undefined || ended) return undefined
  return { pid, started }
}

/** Whether exactly this process still runs. */
export async function isRunning({ pid, started }: ProcessIdentity): Promise<boolean> {
  return (await identifyProcess(pid))?.started === started
}

async function identifyByPs(pid: number): Promise<ProcessIdentity | undefined> {
  const { stdout, exitCode } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], { reject: false })
  return exitCode === 0 ? { pid, started: stdout.trim() } : undefined
}
