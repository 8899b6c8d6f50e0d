import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesClient } from './client.ts'
import type { KubernetesObject } from './kubernetes-object.ts'

const PAUSE_MS = 500

/**
 * Apply objects in any order, again and again until the API server has taken each: a kind is served a moment after its
 * definition, and a webhook answers once its pod does. Throws what is refused last when the time is over.
 * @param how `patience` in milliseconds
 */
export async function applyAll(
  client: KubernetesClient,
  objects: readonly KubernetesObject[],
  how: { patience: number; fieldManager: string },
): Promise<void> {
  const { patience, fieldManager } = how
  const deadline = Date.now() + patience
  let left = objects
  while (left.length > 0) {
    const refusals: string[] = []
    const refused: KubernetesObject[] = []
    for (const object of left) {
      const problem = await client.apply(object, { fieldManager }).then(
        () => undefined,
        (error: unknown) => String(error),
      )
      if (problem === undefined) continue
      refused.push(object)
      refusals.push(problem)
    }
    if (refused.length > 0 && Date.now() > deadline) throw new Error(refusals.join('\n'))
    left = refused
    if (left.length > 0) await sleep(PAUSE_MS)
  }
}
