import { setTimeout as sleep } from 'node:timers/promises'
import { FindingError } from '../finding-error.ts'
import { readLogTail } from './read-log-tail.ts'
import type { StartedProcess } from './start-process.ts'

/** Between two looks at a process that is not ready. Each look costs the machine, and each wait costs the user. */
const POLL_MS = 100

/**
 * Wait until a process serves.
 * Throws a FindingError with the end of its log when it ends first, or is not ready within the time.
 */
export async function waitReady(started: StartedProcess, timeoutMs = 120_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  let ended: string | undefined
  void started.ended.then((how) => {
    ended = how
  })
  while (!(await started.spec.ready().catch(() => false))) {
    if (ended !== undefined)
      throw await unready(started, 'PROCESS_ENDED', `${started.spec.name} ended with ${ended}`)
    if (Date.now() > deadline)
      throw await unready(
        started,
        'PROCESS_NOT_READY',
        `${started.spec.name} is not ready after ${timeoutMs / 1000} s`,
      )
    await sleep(POLL_MS)
  }
}

async function unready({ spec, log }: StartedProcess, code: string, what: string): Promise<FindingError> {
  const tail = await readLogTail(log)
  const found = tail === '' ? what : `${what}; its last lines:\n${tail}\n`
  return new FindingError([
    {
      code,
      severity: 'error',
      at: { file: log },
      found,
      wanted: `a running ${spec.name}`,
      next: 'read the whole log; `opencore down` removes what was started',
    },
  ])
}
