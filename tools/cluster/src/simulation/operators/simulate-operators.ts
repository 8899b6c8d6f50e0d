import type { Connection } from '../../kubernetes/connection.ts'
import { actUntilStopped } from '../../kubernetes/act-until-stopped.ts'
import { provisionVolumes, simulatedStorage } from '../../storage/provision-volumes.ts'
import { playAutoscalers } from './play-autoscalers.ts'
import { playOperators } from './play-operators.ts'

/** Play the operators, the autoscalers and the storage of one API server from now on; the result ends that. */
export function simulateOperators(connection: Connection): () => Promise<void> {
  return actUntilStopped(connection, [
    playOperators,
    playAutoscalers,
    (client, signal) => provisionVolumes(client, simulatedStorage, signal),
  ])
}
