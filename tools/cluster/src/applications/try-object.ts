import { isHook } from '@opencore/delivery'
import pLimit from 'p-limit'
import type { KubernetesClient, Verdict } from '../kubernetes/client.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { ARGOCD_MANAGER } from '../judge/rehearse-update.ts'

/** What of an object is applied where the live one counts for the rest. */
export type LeaveAlone = (object: KubernetesObject, live: KubernetesObject) => KubernetesObject

/** An object as it runs, and what the API server says of it as it is to be. */
export interface TriedObject {
  /** In the namespace that it goes to. */
  placed: KubernetesObject
  live: KubernetesObject | undefined
  verdict: Verdict
}

export interface Trial {
  client: KubernetesClient
  /** Of objects that name none. */
  namespace: string
  /** An object as Argo CD applies it, which leaves to the live one what the Application ignores. */
  leaveAlone: LeaveAlone
}

/** So many requests at once; the client has as many connections. */
export const CONCURRENCY = 16

/** Ask about each object that a sync applies, some at once. Hooks are left out: they may be gone, and made anew. */
export async function askEach<T>(
  objects: readonly KubernetesObject[],
  ask: (object: KubernetesObject) => Promise<T>,
): Promise<T[]> {
  const limit = pLimit(CONCURRENCY)
  return Promise.all(objects.filter((object) => !isHook(object)).map((object) => limit(() => ask(object))))
}

const TRACKING = 'argocd.argoproj.io/tracking-id'

/** Apply an object as a server-side dry run in Argo CD's name: where it is synced, that changes nothing. */
export async function tryObject(
  { client, namespace, leaveAlone }: Trial,
  object: KubernetesObject,
): Promise<TriedObject> {
  const placed = await place(client, object, namespace)
  const live = await client.get<KubernetesObject>(placed)
  const tracking = live?.metadata.annotations?.[TRACKING]
  const annotations = {
    ...placed.metadata.annotations,
    ...(tracking !== undefined && { [TRACKING]: tracking }),
  }
  const again = { ...placed, metadata: { ...placed.metadata, annotations } }
  const verdict = await client.tryApply(live ? leaveAlone(again, live) : again, {
    fieldManager: ARGOCD_MANAGER,
    dryRun: true,
  })
  return { placed, live, verdict }
}

/** With a namespace where its kind has one, and only there. */
async function place(
  client: KubernetesClient,
  object: KubernetesObject,
  namespace: string,
): Promise<KubernetesObject> {
  const { namespace: own = namespace, ...metadata } = object.metadata
  const isNamespaced = await client.isNamespaced(object)
  return { ...object, metadata: isNamespaced ? { ...metadata, namespace: own } : metadata }
}
