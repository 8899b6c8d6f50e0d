import { isObject } from '@opencore/contract'
import { isHook } from '@opencore/delivery'
import { isDeepStrictEqual } from 'node:util'
import pLimit from 'p-limit'
import { ARGOCD_MANAGER } from '../judge/rehearse-update.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'

/** What our own dry run says of an Application that Argo CD calls Synced. */
export interface LiveComparison {
  /**
   * `Frozen`: the API server refuses what git says, so nothing of it arrives any more, whatever Argo CD says: after one
   * failed server-side diff it takes an empty one from its cache (argo-cd#28722).
   */
  sync: 'Synced' | 'OutOfSync' | 'Frozen'
  /** The API server's words, or what differs; none of an Application that is Synced. */
  message?: string
}

/** What of an object is applied where the live one counts for the rest. */
export type LeaveAlone = (object: KubernetesObject, live: KubernetesObject) => KubernetesObject

const CONCURRENCY = 16
const TRACKING = 'argocd.argoproj.io/tracking-id'

/**
 * Apply an Application's objects once more, as a server-side dry run in Argo CD's name: where it is synced, that changes
 * nothing. Hooks are left out, they may be gone.
 * @param namespace of objects that name none
 * @param leaveAlone an object as Argo CD applies it, which leaves to the live one what the Application ignores
 */
export async function compareLive(
  client: KubernetesClient,
  objects: readonly KubernetesObject[],
  namespace: string,
  leaveAlone: LeaveAlone,
): Promise<LiveComparison> {
  const limit = pLimit(CONCURRENCY)
  const results = await Promise.all(
    objects
      .filter((object) => !isHook(object))
      .map((object) => limit(() => compareObject(client, object, namespace, leaveAlone))),
  )
  const worst =
    results.find(({ sync }) => sync === 'Frozen') ?? results.find(({ sync }) => sync === 'OutOfSync')
  return worst ?? { sync: 'Synced' }
}

async function compareObject(
  client: KubernetesClient,
  object: KubernetesObject,
  namespace: string,
  leaveAlone: LeaveAlone,
): Promise<LiveComparison> {
  const placed = await place(client, object, namespace)
  const title = `${object.kind} ${object.metadata.name}`
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
  if (!verdict.ok) return { sync: 'Frozen', message: verdict.status.message }
  if (live === undefined) return { sync: 'OutOfSync', message: `${title} is not there` }
  const [field] = listDifferences(withoutManagers(live), withoutManagers(verdict.object))
  return field === undefined
    ? { sync: 'Synced' }
    : { sync: 'OutOfSync', message: `${title} differs at ${field}` }
}

async function place(
  client: KubernetesClient,
  object: KubernetesObject,
  namespace: string,
): Promise<KubernetesObject> {
  if (object.metadata.namespace !== undefined || !(await client.isNamespaced(object))) return object
  return { ...object, metadata: { ...object.metadata, namespace } }
}

/** Who set what when is not what the object says. */
const withoutManagers = ({ metadata, ...rest }: KubernetesObject) => ({
  ...rest,
  metadata: { ...metadata, managedFields: undefined },
})

/** Paths at which two values differ, as deep as both are maps. */
function listDifferences(a: unknown, b: unknown, path = ''): string[] {
  if (isDeepStrictEqual(a, b)) return []
  if (!isObject(a) || !isObject(b)) return [path]
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys.flatMap((key) => listDifferences(a[key], b[key], path === '' ? key : `${path}.${key}`))
}
