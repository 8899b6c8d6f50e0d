import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessIdentity } from './process-identity.ts'
import { isRunning } from './process-identity.ts'

/**
 * Ask these processes to end, wait, and kill those that did not. Returns when all are gone.
 * A process id that meanwhile belongs to another process is left alone.
 */
export async function stopProcesses(identities: readonly ProcessIdentity[], graceMs = 5_000): Promise<void> {
  const rest = await signalRunning(identities, 'SIGTERM')
  const survivors = await waitGone(rest, graceMs)
  const killed = await signalRunning(survivors, 'SIGKILL')
  await waitGone(killed, 10_000)
}

async function signalRunning(
  identities: readonly ProcessIdentity[],
  signal: NodeJS.Signals,
): Promise<ProcessIdentity[]> {
  const running = await filterRunning(identities)
  for (const { pid } of running) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended between the look and the signal.
    }
  }
  return running
}

async function waitGone(identities: ProcessIdentity[], timeoutMs: number): Promise<ProcessIdentity[]> {
  const deadline = Date.now() + timeoutMs
  let running = await filterRunning(identities)
  while (running.length > 0 && Date.now() < deadline) {
    await sleep(50)
    running = await filterRunning(running)
  }
  return running
}

async function filterRunning(identities: readonly ProcessIdentity[]): Promise<ProcessIdentity[]> {
  const states = await Promise.all(identities.map(isRunning))
  return identities.filter((_, index) => states[index])
}
