import type { Application, KubernetesObject, LeaveAlone } from '@opencore/cluster'
import { groupOf, isObject } from '@opencore/contract'
import { SCALED_REPLICAS } from '@opencore/plan'

type Ignored = NonNullable<Application['spec']['ignoreDifferences']>

/**
 * An object as Argo CD applies it with RespectIgnoreDifferences: with the live number of pods where the Application leaves
 * that to whoever scales, and the live one has any.
 */
export function leaveScaled(ignored: Ignored = []): LeaveAlone {
  return (object, live) => {
    const replicas = replicasOf(live)
    if (!replicas || replicasOf(object) === undefined) return object
    if (!ignored.some((entry) => leavesScale(entry, object))) return object
    return { ...object, spec: { ...specOf(object), replicas } }
  }
}

function leavesScale(
  { group = '', kind, jqPathExpressions = [] }: Ignored[number],
  object: KubernetesObject,
): boolean {
  const isOfKind = group === groupOf(object) && (kind === '*' || kind === object.kind)
  return isOfKind && jqPathExpressions.includes(SCALED_REPLICAS)
}

function replicasOf(object: KubernetesObject): number | undefined {
  const { replicas } = specOf(object)
  return typeof replicas === 'number' ? replicas : undefined
}

const specOf = ({ spec }: KubernetesObject): { replicas?: unknown } => (isObject(spec) ? spec : {})
