import { SCALED_REPLICAS } from '@opencore/plan'
import { describe, expect, test } from 'vitest'
import { leaveScaled } from './leave-scaled.ts'

const deployment = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'accounts' },
  spec: { replicas, paused: false },
})
const ignored = (kind: string) => [{ group: 'apps', kind, jqPathExpressions: [SCALED_REPLICAS] }]

describe(leaveScaled, () => {
  test('an autoscaler of the cluster set another number: it counts', () => {
    expect(leaveScaled(ignored('*'))(deployment(3), deployment(7))).toEqual(deployment(7))
  })

  test.each([
    ['nothing is ignored', undefined, deployment(7)],
    ['no kind of the release is scaled', ignored('none'), deployment(7)],
    [
      'another field is ignored',
      [{ group: 'apps', kind: '*', jqPathExpressions: ['.spec.paused'] }],
      deployment(7),
    ],
    ['the live one waited without pods', ignored('*'), deployment(0)],
  ])('the number of git counts where %s', (_, entries, live) => {
    expect(leaveScaled(entries)(deployment(3), live)).toEqual(deployment(3))
  })
})
