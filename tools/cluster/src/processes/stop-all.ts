import type { Finding } from '@opencore/contract'
import { FindingsError } from '@opencore/contract/findings'
import type { ProcessIdentity } from './process-identity.ts'
import { stopProcesses } from './stop-processes.ts'

/** Several times what one round takes at most: 15 s, by the grace and the patience of `stopProcesses`. */
const PATIENCE_MS = 60_000

/**
 * Stop what `find` finds, again until that is nothing: one that was just starting another may have done so. Resolves to
 * how many there were. Throws a FindingsError with PROCESSES_LEFT that names those that do not end.
 * @param folder whose processes they are, for messages
 */
export async function stopAll(
  folder: string,
  find: () => Promise<ProcessIdentity[]>,
  graceMs?: number,
  patienceMs = PATIENCE_MS,
): Promise<number> {
  const deadline = Date.now() + patienceMs
  let count = 0
  for (let rest = await find(); rest.length > 0; rest = await find()) {
    if (Date.now() > deadline) throw new FindingsError([left(folder, rest, patienceMs)])
    count += rest.length
    await stopProcesses(rest, graceMs)
  }
  return count
}

function left(folder: string, rest: readonly ProcessIdentity[], patienceMs: number): Finding {
  const pids = rest.map(({ pid }) => pid).join(', ')
  return {
    code: 'PROCESSES_LEFT',
    severity: 'error',
    at: { file: folder },
    found: `after ${patienceMs / 1_000} s there still are processes of it: ${pids}`,
    wanted: 'every process ends when it is told to',
    next: `look what starts them or holds them (ps -o pid,ppid,stat,args -p ${pids.replaceAll(' ', '')}), then run the same command again`,
  }
}
