import { runsBefore } from '@opencore/model'
import type { KubernetesClient } from '../../kubernetes/client.ts'
import type { KubernetesObject } from '../../kubernetes/kubernetes-object.ts'
import { keyOf, type CustomResource } from '../../kubernetes/custom-resource.ts'
import { describeJob, describePods, type Pod } from './describe-wait.ts'
import { isOwnedBy, listOwned, own } from './own.ts'

/** Who makes them, in the managed fields of what is made. */
const fieldManager = 'operators'
const pod = { apiVersion: 'v1', kind: 'Pod' }
const job = { apiVersion: 'batch/v1', kind: 'Job' }

interface Job extends KubernetesObject {
  status?: { succeeded?: number }
}

/** What was made of a resource, by key, as text: it is not applied again while it is the same, and there. */
export type Applied = Map<string, string>

/** What is known of what is made of a resource. */
export interface Known {
  applied: Applied
  /** Everything that was made of any resource and is there, as it was followed. */
  followed: ReadonlyMap<string, CustomResource>
  /** As whom it is made; as the administrator where it is left out. */
  account: string | undefined
}

/** What stays when the resource asks for it no more: data, and what logs in to it. */
const kept = new Set(['PersistentVolumeClaim', 'Secret'])

/**
 * Make what a resource is to have, and take away what it has no more. A pod that changed is made anew, as operators do.
 * One that a Job runs before comes when the Job has ended, which is not run again while the pod is there.
 * Resolves to what is refused or still waited for, and why; to nothing once everything runs.
 */
export async function makeObjects(
  client: KubernetesClient,
  owner: CustomResource,
  made: readonly KubernetesObject[],
  { applied, followed, account }: Known,
): Promise<string | undefined> {
  const before = await listOwned<Pod>(client, pod, owner)
  const jobs = await listOwned<Job>(client, job, owner)
  const due = chooseDue(made, before, jobs)
  // Pods and Jobs are looked at now; of all else it was told what is gone.
  const isLooked = ({ kind }: KubernetesObject) => kind === pod.kind || kind === job.kind
  const looked = new Set([...before, ...jobs].map(keyOf))
  const isThere = (object: KubernetesObject) =>
    isLooked(object) ? looked.has(keyOf(object)) : followed.has(keyOf(object))
  const problems = await Promise.all(
    due.map(async (object) => {
      const [key, text] = [keyOf(object), JSON.stringify(object)]
      if (applied.get(key) === text && isThere(object)) return undefined
      const problem = await put(client, own(object, owner), account)
      if (problem === undefined) applied.set(key, text)
      return problem
    }),
  )
  const wanted = new Set(due.map(keyOf))
  const others = [...followed.values()].filter((each) => !isLooked(each) && !kept.has(each.kind))
  const surplus = [...before, ...jobs, ...others].filter(
    (each) => isOwnedBy(each, owner) && !wanted.has(keyOf(each)),
  )
  await Promise.all(surplus.map((each) => client.delete(each)))
  const problem = problems.find((each) => each !== undefined)
  if (problem !== undefined) return problem
  const waited = due.find(({ metadata }) => metadata.annotations?.[runsBefore] !== undefined)
  if (waited) return describeJob(client, waited, await listOwned<Pod>(client, pod, owner))
  const later = made.find((object) => object.kind === 'Pod' && !wanted.has(keyOf(object)))
  if (later) return `pod ${later.metadata.name} comes when the ones before it run`
  return describePods(await listOwned<Pod>(client, pod, owner))
}

/**
 * What can be made now. Pods that a Job runs before come one after another, as CloudNativePG makes instances: each where
 * the others are not. Neither comes a pod before its Job has ended, nor a Job whose pod is there.
 */
function chooseDue(
  made: readonly KubernetesObject[],
  pods: readonly Pod[],
  jobs: readonly Job[],
): KubernetesObject[] {
  const phases = new Map(pods.map(({ metadata, status }) => [metadata.name, status?.phase]))
  const ended = new Set(jobs.filter(({ status }) => status?.succeeded).map(({ metadata }) => metadata.name))
  const jobOf = new Map(
    made.flatMap(({ metadata }) => {
      const pod = metadata.annotations?.[runsBefore]
      return pod === undefined ? [] : [[pod, metadata.name] as const]
    }),
  )
  const next = [...jobOf.keys()].find((name) => phases.get(name) !== 'Running')
  return made.filter(({ kind, metadata: { name, annotations } }) => {
    const before = annotations?.[runsBefore]
    if (before !== undefined) return before === next && !phases.has(before)
    const job = kind === 'Pod' ? jobOf.get(name) : undefined
    return job === undefined || phases.has(name) || (name === next && ended.has(job))
  })
}

/** Apply; what cannot be changed goes, and is made anew the next time. The API server's words where it refuses. */
async function put(
  client: KubernetesClient,
  object: KubernetesObject,
  account: string | undefined,
): Promise<string | undefined> {
  const verdict = await client.tryApply(object, { fieldManager, ...(account !== undefined && { account }) })
  if (verdict.ok) return undefined
  const { kind, metadata } = object
  if (verdict.status.reason === 'Invalid' && (await client.get(object)) !== undefined) {
    await client.delete(object)
    return `${kind} ${metadata.name} is made anew`
  }
  return `${kind} ${metadata.name}: ${verdict.status.message}`
}
