import { setMaxListeners } from 'node:events'
import type { Connection } from '../../kubernetes/connection.ts'
import { createClient } from '../../kubernetes/client.ts'
import { playAutoscalers } from './play-autoscalers.ts'
import { playOperators } from './play-operators.ts'
import { playProvisioner } from './play-provisioner.ts'

/** Play the operators, the autoscalers and the storage of one API server from now on; the result ends that. */
export function simulateOperators(connection: Connection): () => Promise<void> {
  // Each kind is followed over a connection of its own, beside those of requests.
  const client = createClient(connection, 64)
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  const plays = [playOperators, playAutoscalers, playProvisioner].map((play) => play(client, stop.signal))
  return async () => {
    stop.abort()
    await Promise.allSettled(plays)
    await client.close()
  }
}
