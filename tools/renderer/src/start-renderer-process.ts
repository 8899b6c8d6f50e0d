import { spawn } from 'node:child_process'
import { env } from 'node:process'
import type { DigestedRequest } from './render-request.ts'
import { splitLines } from './split-lines.ts'

/** One running renderer binary. */
export interface RendererProcess {
  /** Requests that it has not answered yet. */
  waiting: () => number
  /** The JSON line that it answers with (see tools/renderer/protocol.go); rejects when it dies before. */
  ask: (request: DigestedRequest) => Promise<string>
  /** End it once everything asked for was answered. */
  close: () => Promise<void>
}

interface Waiting {
  resolve: (answer: string) => void
  reject: (error: Error) => void
}

const KEPT_STDERR = 4096

/**
 * Start the renderer binary with so many threads. It ends with this process, since its input does. When it dies early,
 * asking rejects with what it said last; it answers a release that cannot be rendered and lives on.
 */
export function startRendererProcess(binary: string, threads: number): RendererProcess {
  const child = spawn(binary, [], {
    env: { ...env, GOMAXPROCS: String(threads) },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
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

  return {
    waiting: () => waiting.size,
    ask: (request) => {
      if (dead) return Promise.reject(dead)
      const id = ++lastId
      const result = new Promise<string>((resolve, reject) => waiting.set(id, { resolve, reject }))
      child.stdin.write(`${JSON.stringify({ ...request, id, tests: false, crds: true })}\n`)
      return result
    },
    close: async () => {
      child.stdin.end()
      await ended
    },
  }
}
