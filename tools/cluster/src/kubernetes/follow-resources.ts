import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesClient, ListOptions } from './client.ts'
import type { KindRef } from './kubernetes-object.ts'
import { keyOf, type CustomResource } from './custom-resource.ts'

/** How long after a watch ended it is taken up again, in milliseconds. */
const PAUSE = 500

/** One kind, of which those are followed that a selector names. */
export type Followed = KindRef & Pick<ListOptions, 'labelSelector'>

/** Keep `resources` what the API server has of one kind, telling of every change, until the signal. */
export async function followResources(
  client: KubernetesClient,
  { labelSelector, ...kind }: Followed,
  resources: Map<string, CustomResource>,
  { signal, onChange }: { signal: AbortSignal; onChange: () => void },
): Promise<void> {
  const selected = labelSelector === undefined ? {} : { labelSelector }
  const put = (item: CustomResource) => {
    const resource = { ...item, ...kind }
    resources.set(keyOf(resource), resource)
  }
  while (!signal.aborted) {
    try {
      const { items, metadata } = await client.list<CustomResource>(kind, selected)
      for (const [key, known] of resources) if (known.kind === kind.kind) resources.delete(key)
      items.forEach(put)
      onChange()
      const events = client.watch<CustomResource>(kind, { ...metadata, ...selected, signal })
      for await (const { type, object } of events) {
        if (type === 'DELETED') resources.delete(keyOf({ ...object, ...kind }))
        else put(object)
        onChange()
      }
    } catch {
      // Aborted, or the API server is restarting: its supervisor sees to it.
    }
    await sleep(PAUSE, undefined, { signal }).catch(() => undefined)
  }
}
