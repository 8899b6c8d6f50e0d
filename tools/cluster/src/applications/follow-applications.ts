import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { Application } from './application.ts'
import { APPLICATION } from './application.ts'

/**
 * Call `onChange` with all Applications in a namespace of the hub, by name, at first and after every change, until the signal.
 * A watch that ends is taken up again.
 */
export async function followApplications(
  hub: KubernetesClient,
  { namespace, signal }: { namespace: string; signal: AbortSignal },
  onChange: (applications: ReadonlyMap<string, Application>) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const { items, metadata } = await hub.list<Application>(APPLICATION, { namespace })
      const applications = new Map(items.map((item) => [item.metadata.name, item]))
      onChange(applications)
      const { resourceVersion } = metadata
      const events = hub.watch<Application>(APPLICATION, {
        namespace,
        resourceVersion,
        signal,
      })
      for await (const { type, object } of events) {
        if (type === 'DELETED') applications.delete(object.metadata.name)
        else applications.set(object.metadata.name, object)
        onChange(applications)
      }
    } catch {
      // Aborted, or the API server is restarting: the supervisor sees to it, and the caller's time limit ends this.
    }
    await sleep(200)
  }
}
