import { createInterface } from 'node:readline'
import type { Dispatcher } from 'undici'
import { request } from 'undici'
import type { KubernetesObject, Status } from './kubernetes-object.ts'

export interface WatchEvent<T extends KubernetesObject> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  object: T
}

interface Watched {
  agent: Dispatcher
  headers: Readonly<Record<string, string>>
  resourceVersion: string
  labelSelector?: string | undefined
  signal: AbortSignal
}

/**
 * The changes of a collection since a resource version, one by one.
 * Ends when the server closes the watch or says that the version is too old: list again, then watch.
 */
export async function* watchPath<T extends KubernetesObject>(
  url: string,
  { agent, headers, resourceVersion, labelSelector, signal }: Watched,
): AsyncGenerator<WatchEvent<T>> {
  const query = new URLSearchParams({ watch: 'true', resourceVersion })
  if (labelSelector !== undefined) query.set('labelSelector', labelSelector)
  const { statusCode, body } = await request(`${url}?${query.toString()}`, {
    dispatcher: agent,
    headers,
    signal,
    bodyTimeout: 0,
  })
  if (statusCode !== 200) {
    await body.dump()
    return
  }
  for await (const line of createInterface({ input: body })) {
    // Bookmarks come only to those who ask for them; an error (410 Gone) ends the watch.
    const event = JSON.parse(line) as WatchEvent<T> | { type: 'ERROR'; object: Status }
    if (event.type === 'ERROR') return
    yield event
  }
}
