import { setMaxListeners } from 'node:events'
import { createClient, type KubernetesClient } from './client.ts'
import type { Connection } from './connection.ts'

/** What is done with an API server until the signal. */
export type Act = (client: KubernetesClient, signal: AbortSignal) => Promise<void>

/** Do all of these with one API server from now on; the result ends that. */
export function actUntilStopped(connection: Connection, acts: readonly Act[]): () => Promise<void> {
  const client = createClient(connection)
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  const running = acts.map((act) => act(client, stop.signal))
  return async () => {
    stop.abort()
    await Promise.allSettled(running)
    await client.close()
  }
}
