import { setTimeout as sleep } from 'node:timers/promises'
import { identifyProcess, isRunning } from './process-identity.ts'

/**
 * Names the process with which a platform ends, by its id: of a test that somebody interrupts nothing is to be left, and a
 * process that is ended so cannot clean up. People's platforms outlive the command that starts them.
 */
export const END_WITH = 'OPENCORE_END_WITH'

const POLL_MS = 1_000

/** Resolves when the process that this one is to end with has ended; never where none is named. */
export async function untilOwnerEnds(): Promise<void> {
  const pid = Number(process.env[END_WITH])
  if (!(pid > 0)) return new Promise(() => undefined)
  const owner = await identifyProcess(pid)
  while (owner !== undefined && (await isRunning(owner))) await sleep(POLL_MS)
}
