import type { KubernetesClient } from '../../kubernetes/client.ts'
import type { KubernetesObject } from '../../kubernetes/kubernetes-object.ts'

/** A pod, as far as it tells why it does not run. */
export interface Pod extends KubernetesObject {
  status?: { phase?: string; conditions?: { type: string; message?: string }[] }
}

interface Event extends KubernetesObject {
  involvedObject: { uid?: string }
  message?: string
}

/** The first pod that neither runs nor has ended, in the scheduler's words; nothing where there is none. */
export function describePods(pods: readonly Pod[]): string | undefined {
  const waiting = pods.find(({ status }) => !['Running', 'Succeeded'].includes(status?.phase ?? ''))
  if (!waiting) return undefined
  const scheduled = waiting.status?.conditions?.find(({ type }) => type === 'PodScheduled')
  return `pod ${waiting.metadata.name}: ${scheduled?.message ?? 'not started yet'}`
}

/** Why a Job has not ended: its pod waits, or its controller says why there is none. */
export async function describeJob(
  client: KubernetesClient,
  job: KubernetesObject,
  pods: readonly Pod[],
): Promise<string> {
  const waiting = describePods(pods)
  if (waiting !== undefined) return waiting
  const { namespace = 'default', name } = job.metadata
  const { items } = await client.list<Event>({ apiVersion: 'v1', kind: 'Event' }, { namespace })
  const uid = (await client.get(job))?.metadata.uid
  const last = items.filter(({ involvedObject }) => involvedObject.uid === uid).at(-1)
  return `Job ${name}: ${last?.message ?? 'has not ended'}`
}
