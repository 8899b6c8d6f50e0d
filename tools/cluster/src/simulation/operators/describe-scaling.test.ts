import { describe, expect, it } from 'vitest'
import { describeScaling } from './describe-scaling.ts'

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'accounts' }
const autoscaler = {
  metadata: { name: 'accounts', uid: '1', generation: 3 },
  spec: { scaleTargetRef, minReplicas: 4, maxReplicas: 6 },
}
const able = { type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale' }

describe('an autoscaler that is played', () => {
  it.each([
    ['of one pod wants the fewest, and says nothing until they are there', 1, 1, 4, []],
    ['whose target was told says nothing until the pods are there', 4, 2, 4, []],
    ['is able to scale once they are', 4, 4, 4, [able]],
    ['leaves a number between its bounds', 5, 5, 5, [able]],
    ['wants no more than the most', 9, 9, 6, []],
    ['is able to scale while an update has more pods', 4, 5, 4, [able]],
    ['leaves a target that a person stopped', 0, 0, 0, [able]],
  ])('%s', (_, replicas, current, desiredReplicas, conditions) => {
    const scaling = describeScaling(autoscaler, { spec: { replicas }, status: { replicas: current } })
    expect(scaling).toMatchObject({
      observedGeneration: 3,
      currentReplicas: current,
      desiredReplicas,
      conditions,
    })
    expect(scaling.conditions).toHaveLength(conditions.length)
  })

  it('cannot scale without a target', () => {
    expect(describeScaling(autoscaler, undefined, new Date('2026-11-30T12:00:00.5Z'))).toEqual({
      observedGeneration: 3,
      currentReplicas: 0,
      desiredReplicas: 0,
      conditions: [
        {
          type: 'AbleToScale',
          status: 'False',
          reason: 'FailedGetScale',
          message: 'Deployment accounts has no scale, or is not there',
          lastTransitionTime: '2026-11-30T12:00:00Z',
        },
      ],
    })
  })
})
