import { removeRealCluster } from '@opencore/nodes'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Terminal } from '../output/terminal.ts'

/** 128 + SIGINT, as shells count. */
const interrupted = 130
/** What was being started when it was told to stop ends a moment later. */
const LATE_MS = 1_000

/**
 * Give an action a folder for its nodes, and remove it however the action ends. Ctrl-C stops what was started, and then this
 * command.
 */
export async function untilInterrupted<T>(
  nodes: string,
  terminal: Terminal,
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  let end: Promise<never> | undefined
  const stop = () => {
    end ??= tearDown(nodes, terminal, controller)
  }
  // Not `once`: libraries that see no other listener left end the process, whatever was started.
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    return await action(controller.signal)
  } finally {
    // What is torn down below it makes the action fail before everything is gone.
    await end
    await removeRealCluster(nodes)
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

async function tearDown(nodes: string, terminal: Terminal, controller: AbortController): Promise<never> {
  terminal.note('\ninterrupted: removing the nodes')
  try {
    controller.abort()
    await removeRealCluster(nodes)
    await sleep(LATE_MS)
    await removeRealCluster(nodes)
  } catch (error) {
    terminal.note(`not everything was removed (${String(error)}): run opencore down`)
  }
  return process.exit(interrupted)
}
