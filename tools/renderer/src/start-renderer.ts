import { availableParallelism } from 'node:os'
import type { DigestedRequest } from './render-request.ts'
import { startRendererProcess } from './start-renderer-process.ts'

/** A running render engine. */
export interface Engine {
  /**
   * Render releases. Answers come in the order of the requests, as the JSON lines that the renderer writes (see
   * tools/renderer/protocol.go); only so many are under way at once.
   */
  render: (requests: Iterable<DigestedRequest>) => AsyncGenerator<string>
  /** End it once everything asked for was answered. */
  close: () => Promise<void>
}

/** Requests under way in each process: enough to keep it busy while results are read, few enough to bound memory. */
const WINDOW = 16
/** Each holds some 150 MiB. */
const MOST_PROCESSES = 4

/**
 * Start the engine for so many releases: a process for each core. Threads of one process wait for each other whenever
 * the kernel gives it memory, and rendering takes much: on two cores two processes need 0.62 of the time of one with
 * two threads. When a process dies early, rendering throws with what it said last.
 */
export function startRenderer(binary: string, releases: number): Engine {
  const cores = availableParallelism()
  const count = Math.max(1, Math.min(releases, cores, MOST_PROCESSES))
  const processes = Array.from({ length: count }, () =>
    startRendererProcess(binary, Math.ceil(cores / count)),
  )
  const ask = (request: DigestedRequest): Promise<string> => {
    const idle = processes.reduce((a, b) => (b.waiting() < a.waiting() ? b : a))
    const result = idle.ask(request)
    // Whoever awaits the result gets the error; those behind it in the queue are never awaited then.
    result.catch(() => undefined)
    return result
  }
  return {
    async *render(requests) {
      const queue: Promise<string>[] = []
      for (const request of requests) {
        queue.push(ask(request))
        const first = queue.length >= WINDOW * count ? queue.shift() : undefined
        if (first) yield await first
      }
      for (const result of queue) yield await result
    },
    close: async () => {
      await Promise.all(processes.map((one) => one.close()))
    },
  }
}
