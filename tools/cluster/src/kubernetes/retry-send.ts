import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Send } from './send.ts'

/** Repeating these changes nothing more (RFC 9110, 9.2.2); so does an apply, which is the only PATCH that is sent. */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'PUT', 'PATCH', 'DELETE'])
/** A connection that was closed, or not taken yet: Node's and undici's codes. */
const LOST: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'UND_ERR_SOCKET'])
/** Too many requests, and "not yet": what an API server says while its storage of a new kind is made. */
const SETTLING: ReadonlySet<number> = new Set([429, 503])
const PAUSES_MS = [50, 100, 200, 400, 800]

/**
 * Requests that may safely be sent again are, while a server settles: one that became ready a moment ago still closes
 * connections. Gives up after a second and a half, with what it saw last.
 */
export function retrySend(send: Send): Send {
  return async (method, path, content, account) => {
    const pauses = IDEMPOTENT.has(method) ? PAUSES_MS : []
    for (const pause of pauses) {
      const answer = await unlessLost(send(method, path, content, account))
      if (answer !== undefined && !SETTLING.has(answer.status)) return answer
      await sleep(pause)
    }
    return send(method, path, content, account)
  }
}

async function unlessLost(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Error && 'code' in error && LOST.has(String(error.code))) return undefined
    throw error
  }
}
