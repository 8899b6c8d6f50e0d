import { numberAt, valueAt } from '../../read-value.ts'
import type { Labels } from '../end.ts'
import { budget, made, type Frame, type Manifest } from '../made.ts'
import { selectorOf } from './frame.ts'

/** What a pod of the operator's own sets says of itself, beside the labels of its component: model/WorkloadUtils.java. */
export const podSetLabels = (set: string, pod: string): Labels => ({
  'strimzi.io/pod-name': pod,
  'strimzi.io/controller': 'strimzipodset',
  'strimzi.io/controller-name': set,
})

/**
 * The budget of such pods: nothing scales these sets, so it has to say how many stay, and not how many may go.
 * @param template of the component, which may say how many may go, and what the budget says of itself
 */
export function makeSetBudget(frame: Frame, name: string, pods: number, template: unknown): Manifest {
  const most = numberAt(template, 'podDisruptionBudget', 'maxUnavailable') ?? 1
  const said = valueAt(template, 'podDisruptionBudget', 'metadata', 'annotations') as Labels | undefined
  const own = said ? { ...frame, annotations: { ...frame.annotations, ...said } } : frame
  return made(budget, name, own, {
    spec: { minAvailable: Math.max(0, pods - most), selector: { matchLabels: selectorOf(frame) } },
  })
}
