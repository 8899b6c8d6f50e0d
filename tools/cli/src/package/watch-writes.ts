import type { KubernetesClient, KubernetesObject } from '@opencore/cluster'
import { read } from '@opencore/verify'

/** One write to the API server. */
export interface Write {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  object: KubernetesObject
  /** Writes have numbers, of all kinds together: less is before. */
  revision: number
}

interface Kind {
  apiVersion: string
  kind: string
}

/** Remember every write of these kinds in a namespace from now on; what is given grows until the signal ends it. */
export async function watchWrites(
  client: KubernetesClient,
  namespace: string,
  kinds: readonly Kind[],
  signal: AbortSignal,
): Promise<Write[]> {
  const writes: Write[] = []

  async function follow(kind: Kind, resourceVersion: string): Promise<void> {
    const options = { namespace, resourceVersion, signal }
    for await (const { type, object } of client.watch<KubernetesObject>(kind, options)) {
      const revision = Number(read(object, 'metadata', 'resourceVersion'))
      writes.push({ type, object: { ...object, ...kind }, revision })
    }
  }

  await Promise.all(
    kinds.map(async (kind) => {
      const { metadata } = await client.list(kind, { namespace })
      follow(kind, metadata.resourceVersion).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    }),
  )
  return writes
}

/** Those of some writes that came before another. */
export const before = (writes: readonly Write[], { revision }: Write) =>
  writes.filter((write) => write.revision < revision)

export const nameOf = ({ object: { kind, metadata } }: Write) => `${kind}/${metadata.name}`
