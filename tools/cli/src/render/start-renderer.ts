import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import type { DigestedRequest } from './render-request.ts'
import { splitLines } from './split-lines.ts'

/** A running render engine. */
export interface Engine {
  /**
   * Render releases. Answers come in the order of the requests, as the JSON lines that the renderer writes (see
   * tools/renderer/protocol.go); only so many are under way at once.
   */
  render: (requests: Iterable<DigestedRequest>) => AsyncGenerator<string>
  /** End the process once everything asked for was answered. */
  close: () => Promise<void>
}

interface Waiting {
  resolve: (answer: string) => void
  reject: (error: Error) => void
}

/** Requests under way: enough to keep every core busy while results are read, few enough to bound memory. */
const WINDOW = 16 * availableParallelism()
const KEPT_STDERR = 4096

/**
 * Start the renderer binary. It ends with this process, since its input does. When it dies early, rendering throws
 * with what it said last; it answers a release that cannot be rendered and lives on.
 */
export function startRenderer(binary: string): Engine {
  const child = spawn(binary, [], { stdio: ['pipe', 'pipe', 'pipe'] })
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let said = ''
  let dead: Error | undefined
  child.stdout.on('data', splitLines(answer))
  child.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-KEPT_STDERR)))
  // A write to a process that just died; its end is reported below.
  child.stdin.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => {
    const end = (reason: string) => {
      dead ??= new Error(`the renderer ${reason}${said && `: ${said.trim()}`}`)
      for (const { reject } of waiting.values()) reject(dead)
      waiting.clear()
      resolve()
    }
    child.once('error', ({ message }) => {
      end(`could not be started (${message})`)
    })
    child.once('close', (code, signal) => {
      end(signal ? `was ended by ${signal}` : `ended with ${code ?? 'no'} exit code`)
    })
  })

  function answer(line: string): void {
    // The id comes first, so that a line of many kilobytes is parsed once, where it is used.
    const id = Number(/^\{"id":(\d+)/.exec(line)?.[1])
    waiting.get(id)?.resolve(line)
    waiting.delete(id)
  }

  function ask(request: DigestedRequest): Promise<string> {
    if (dead) return Promise.reject(dead)
    const id = ++lastId
    const result = new Promise<string>((resolve, reject) => waiting.set(id, { resolve, reject }))
    // Whoever awaits the result gets the error; those behind it in the queue are never awaited then.
    result.catch(() => undefined)
    child.stdin.write(`${JSON.stringify({ ...request, id, tests: false, crds: true })}\n`)
    return result
  }

  return {
    async *render(requests) {
      const queue: Promise<string>[] = []
      for (const request of requests) {
        queue.push(ask(request))
        const first = queue.length >= WINDOW ? queue.shift() : undefined
        if (first) yield await first
      }
      for (const result of queue) yield await result
    },
    close: async () => {
      child.stdin.end()
      await ended
    },
  }
}
