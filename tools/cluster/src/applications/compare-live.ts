import { isObject } from '@opencore/contract'
import { isDeepStrictEqual } from 'node:util'
import { withoutValue } from '../judge/without-value.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { askEach, tryObject, type LeaveAlone } from './try-object.ts'

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
  const results = await askEach(objects, (object) => compareObject(client, object, namespace, leaveAlone))
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
  const { live, verdict } = await tryObject({ client, namespace, leaveAlone }, object)
  if (!verdict.ok) return { sync: 'Frozen', message: withoutValue(verdict.status.message) }
  const title = `${object.kind} ${object.metadata.name}`
  if (live === undefined) return { sync: 'OutOfSync', message: `${title} is not there` }
  const [field] = listDifferences(withoutManagers(live), withoutManagers(verdict.object))
  return field === undefined
    ? { sync: 'Synced' }
    : { sync: 'OutOfSync', message: `${title} differs at ${field}` }
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
