import type { Explanation } from '@opencore/model'
import pc from 'picocolors'
import { expect, test } from 'vitest'
import { formatExplanation } from './format-explanation.ts'

test('a patch over what is rendered is told from the values of the chart', () => {
  const explanation: Explanation = {
    environment: 'dev',
    release: 'accounts',
    chart: 'service',
    path: 'overlay',
    values: [
      {
        path: 'overlay.deployment.template.spec.hostname',
        value: 'a',
        owner: 'platform',
        description: 'Over the Deployment.',
        patches: 'spec.template.spec.hostname',
        change: 'the platform team',
        steps: [],
      },
      {
        path: 'overlay.persistentVolumeClaims.accounts-data.volumeMode',
        value: 'Block',
        owner: 'platform',
        description: '',
        patches: 'spec.volumeMode',
        patchedObject: 'accounts-data',
        change: 'the platform team',
        steps: [],
      },
    ],
  }
  expect(formatExplanation(explanation, pc.createColors(false)).split('\n')).toEqual([
    'dev/accounts overlay.deployment.template.spec.hostname = a',
    '  Over the Deployment.',
    '  a patch: sets spec.template.spec.hostname of what is rendered, which no value of the chart does',
    '  changed by the platform team',
    '',
    'dev/accounts overlay.persistentVolumeClaims.accounts-data.volumeMode = Block',
    '  a patch: sets spec.volumeMode of accounts-data, which no value of the chart does',
    '  changed by the platform team',
  ])
})
