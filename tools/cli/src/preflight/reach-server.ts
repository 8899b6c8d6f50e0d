import type { KubernetesClient } from '@opencore/cluster'
import { read } from '@opencore/verify'

/** Whether an API server answers this user, and which version it is. */
export type Reached = { version: string } | { found: string }

/** Ask for the version, which everybody who is known may. */
export async function reachServer(client: Pick<KubernetesClient, 'send'>): Promise<Reached> {
  try {
    const { status, body } = await client.send('GET', '/version')
    const version = read(body, 'gitVersion')
    if (status === 401) return { found: 'it does not know this user (401)' }
    if (status !== 200 || typeof version !== 'string') return { found: `it answers ${status} to /version` }
    return { version }
  } catch (error) {
    return { found: `it does not answer: ${wordsOf(error)}` }
  }
}

/** Of several addresses that were tried, the first one's words. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return wordsOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
