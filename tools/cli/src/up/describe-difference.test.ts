import type { ApplicationRow } from '@opencore/cluster'
import { formatFinding } from '@opencore/contract/findings'
import { expect, test } from 'vitest'
import { describeDifference } from './describe-difference.ts'

const row: ApplicationRow = {
  application: 'dev-accounts',
  environment: 'dev',
  sync: 'Frozen',
  health: 'Healthy',
  proof: 'simulated',
}

test('a change that the API server refuses freezes its Application, in the words of the server', () => {
  const message = 'StatefulSet.apps "accounts" is invalid: spec: Forbidden: updates to statefulset spec'
  expect(formatFinding(describeDifference({ ...row, message })).split('\n')).toEqual([
    `dev-accounts: Argo CD says Synced, but the API server refuses what git says, and nothing of it arrives: ${message}  [APPLICATION_FROZEN]`,
    '  want  objects that are as git says',
    '  next  take the change back, or deliver it as a new release; `opencore verify` says which value it is',
  ])
})

test('what somebody else wrote is told apart from it', () => {
  const message = 'Deployment accounts: spec.replicas'
  expect(formatFinding(describeDifference({ ...row, sync: 'OutOfSync', message })).split('\n')).toEqual([
    `dev-accounts: Argo CD says Synced, but what is there is not what git says: ${message}  [APPLICATION_DIFFERS_LIVE]`,
    '  want  objects that are as git says',
    '  next  find who else writes that field: kubectl get --show-managed-fields',
  ])
})
