import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesClient } from './client.ts'
import type { CustomResource } from './custom-resource.ts'
import { followResources, type Followed } from './follow-resources.ts'

/**
 * Act on all resources of some kinds until the signal: at first, after changes, and again while `act` says that something
 * is left to do, or fails.
 * @param interval how often that is looked at, in milliseconds
 */
export async function actOnChanges(
  client: KubernetesClient,
  kinds: readonly Followed[],
  { signal, interval }: { signal: AbortSignal; interval: number },
  act: (resources: ReadonlyMap<string, CustomResource>) => Promise<boolean>,
): Promise<void> {
  const resources = new Map<string, CustomResource>()
  let isDue = true
  const onChange = () => {
    isDue = true
  }
  const followers = kinds.map((kind) => followResources(client, kind, resources, { signal, onChange }))
  while (!signal.aborted) {
    if (isDue) {
      isDue = false
      // It fails while the API server is restarting, or when the signal has closed the client.
      if (await act(resources).catch(() => true)) onChange()
    }
    await sleep(interval, undefined, { signal }).catch(() => undefined)
  }
  await Promise.all(followers)
}
