import type { KindRef } from '../../kubernetes/kubernetes-object.ts'
import type { CustomResource } from '../../kubernetes/custom-resource.ts'

/** An autoscaler, as the API server has it. */
export interface Autoscaler extends CustomResource {
  spec: {
    scaleTargetRef: KindRef & { name: string }
    minReplicas?: number
    maxReplicas: number
  }
  /** The API server says null of conditions that were never written. */
  status?: Omit<Scaling, 'conditions'> & { conditions?: Scaling['conditions'] | null }
}

/** The scale subresource of what is scaled. */
export interface Scale {
  spec: { replicas?: number }
  status?: { replicas?: number }
}

/** What an autoscaler says of itself: `HorizontalPodAutoscalerStatus`, as far as it is played. */
export interface Scaling {
  observedGeneration?: number
  currentReplicas: number
  desiredReplicas: number
  conditions: Condition[]
}

interface Condition {
  type: string
  status: 'True' | 'False'
  reason: string
  message: string
  lastTransitionTime: string
}

/**
 * What an autoscaler wants of its target and says of it, with the reasons of Kubernetes' own controller
 * (pkg/controller/podautoscaler/horizontal.go). Without a target it cannot scale, which Argo CD calls degraded; until
 * there are as many pods as it wants it says nothing, which is progressing. A target that a person set to none stays
 * there.
 */
export function describeScaling(
  { metadata, spec }: Pick<Autoscaler, 'metadata' | 'spec'>,
  scale: Scale | undefined,
  now = new Date(),
): Scaling {
  const { scaleTargetRef, minReplicas = 1, maxReplicas } = spec
  const asked = scale?.spec.replicas ?? 0
  const currentReplicas = scale?.status?.replicas ?? 0
  const desiredReplicas = asked === 0 ? 0 : Math.min(Math.max(asked, minReplicas), maxReplicas)
  const lastTransitionTime = `${now.toISOString().slice(0, 19)}Z`
  const able = (status: Condition['status'], reason: string, message: string) => [
    { type: 'AbleToScale', status, reason, message, lastTransitionTime },
  ]
  const counts = {
    ...(metadata.generation !== undefined && { observedGeneration: metadata.generation }),
    currentReplicas,
    desiredReplicas,
  }
  if (scale === undefined) {
    const target = `${scaleTargetRef.kind} ${scaleTargetRef.name}`
    return {
      ...counts,
      conditions: able('False', 'FailedGetScale', `${target} has no scale, or is not there`),
    }
  }
  // A rolling update has more for a while.
  if (asked !== desiredReplicas || currentReplicas < desiredReplicas) return { ...counts, conditions: [] }
  const message = 'played: nothing is measured, and the target is between its bounds'
  return { ...counts, conditions: able('True', 'ReadyForNewScale', message) }
}
