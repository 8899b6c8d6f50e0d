import type { KubernetesClient } from '../../kubernetes/client.ts'
import type { KindRef } from '../../kubernetes/kubernetes-object.ts'
import { actOnChanges } from '../../kubernetes/act-on-changes.ts'
import { describeScaling, type Autoscaler, type Scale, type Scaling } from './describe-scaling.ts'

/** The kind whose status is played without a stage. */
export const AUTOSCALER = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' }
/** What autoscalers mostly scale: they are looked at again when one of these changes. */
const TARGETS: readonly KindRef[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
]

/**
 * Plays the autoscalers of one environment until the signal. Kubernetes' own controller needs a metrics API, and calls
 * itself inactive without one, which Argo CD calls degraded. Nothing is measured here: each target is held between its
 * bounds, as that controller does, and an autoscaler is able to scale once its target has as many pods.
 */
export async function playAutoscalers(client: KubernetesClient, signal: AbortSignal): Promise<void> {
  await actOnChanges(client, [AUTOSCALER, ...TARGETS], { signal, interval: 1000 }, async (resources) => {
    const all = ([...resources.values()] as Autoscaler[]).filter(({ kind }) => kind === AUTOSCALER.kind)
    const held = await Promise.allSettled(all.map((autoscaler) => hold(client, autoscaler)))
    return held.some((each) => each.status === 'rejected' || !each.value)
  })
}

/** Bring a target between the bounds of its autoscaler, and say so; whether it is there. */
async function hold(client: KubernetesClient, autoscaler: Autoscaler): Promise<boolean> {
  const path = await findScale(client, autoscaler)
  const found = path === undefined ? undefined : await client.send('GET', path)
  const scale = found?.status === 200 ? (found.body as Scale) : undefined
  const scaling = describeScaling(autoscaler, scale)
  if (path !== undefined && scale !== undefined && scaling.desiredReplicas !== (scale.spec.replicas ?? 0))
    await client.send('PATCH', `${path}?fieldManager=autoscaler`, {
      type: 'application/merge-patch+json',
      value: { spec: { replicas: scaling.desiredReplicas } },
    })
  if (!isSame(autoscaler.status, scaling))
    await client.send('PATCH', `${await client.pathOf(autoscaler)}/status?fieldManager=autoscaler`, {
      type: 'application/merge-patch+json',
      value: { status: scaling },
    })
  return scaling.conditions.some(({ type, status }) => type === 'AbleToScale' && status === 'True')
}

/** The scale of a target; nothing where the API server does not have its kind. */
async function findScale(client: KubernetesClient, { metadata, spec }: Autoscaler) {
  const { name, ...kind } = spec.scaleTargetRef
  if (!(await client.serves(kind))) return undefined
  return `${await client.pathOf({ ...kind, metadata: { ...metadata, name } })}/scale`
}

/** But for when its conditions began. */
function isSame(one: Autoscaler['status'], other: Scaling): boolean {
  return JSON.stringify(steady(one)) === JSON.stringify(steady(other))
}

const steady = (scaling: Autoscaler['status']) =>
  scaling && [
    scaling.observedGeneration,
    scaling.currentReplicas,
    scaling.desiredReplicas,
    ...(scaling.conditions ?? []).map(({ type, status, reason, message }) => [type, status, reason, message]),
  ]
