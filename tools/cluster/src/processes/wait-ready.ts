import { setTimeout as sleep } from 'node:timers/promises'
import { FindingsError } from '@opencore/contract/findings'
import type { ProcessSpec } from './process-spec.ts'
import { readLogTail } from './read-log-tail.ts'

/** Between two looks at a process that is not ready. Each look costs the machine, and each wait costs the user. */
const POLL_MS = 200
const TIMEOUT_MS = 120_000

/**
 * Wait until a process serves.
 * Throws a FindingsError with the end of its log when it is not ready in time, or when `findEnd` says how it ended for good.
 */
export async function waitReady(
  process: { spec: ProcessSpec; log: string },
  findEnd: () => string | undefined,
  timeoutMs = process.spec.patienceMs ?? TIMEOUT_MS,
): Promise<void> {
  const { name, ready } = process.spec
  const deadline = Date.now() + timeoutMs
  while (!(await ready().catch(() => false))) {
    const end = findEnd()
    if (end !== undefined) throw await unready(process, 'PROCESS_ENDED', `${name} ended with ${end}`)
    if (Date.now() > deadline)
      throw await unready(process, 'PROCESS_NOT_READY', `${name} is not ready after ${timeoutMs / 1000} s`)
    await sleep(POLL_MS)
  }
}

async function unready(
  { spec, log }: { spec: ProcessSpec; log: string },
  code: string,
  what: string,
): Promise<FindingsError> {
  const tail = await readLogTail(log)
  return new FindingsError([
    {
      code,
      severity: 'error',
      at: { file: log },
      found: tail === '' ? what : `${what}; its log ends with\n${tail}\n`,
      wanted: `a running ${spec.name}`,
      next: 'read the whole log; `opencore down` removes what was started',
    },
  ])
}
