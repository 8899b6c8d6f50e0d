import type { Platform } from '@opencore/model'
import { expect, test } from 'vitest'
import { describeUpdate } from './describe-update.ts'

// No value caused it, so nobody asks the model where one was set.
const platform = { environments: [] } as unknown as Platform
const release = {
  environment: 'dev',
  purpose: 'services',
  release: 'ledger',
  chart: 'service',
  version: '0.1.0',
  namespace: 'banking',
  kubeVersion: '1.36.3',
  valuesFile: 'argocd/dev/values/ledger.yaml',
}
const describe = (verdict: Partial<Parameters<typeof describeUpdate>[0]['verdict']>) =>
  describeUpdate({
    platform,
    release,
    causes: [],
    approvals: [],
    verdict: { id: 'apps/StatefulSet/banking/ledger', refused: [], fallen: [], ...verdict },
  })

test('a refusal that no single value caused points at the values of the release', () => {
  expect(describe({ refused: [{ field: 'spec', message: 'Forbidden' }] })).toMatchObject([
    {
      code: 'UPDATE_REFUSED',
      severity: 'error',
      at: { file: 'argocd/dev/values/ledger.yaml' },
      found: 'StatefulSet banking/ledger, spec: Forbidden',
    },
  ])
})

test('pods that go are an error, another default is a warning', () => {
  const fallen = [
    { field: 'spec.replicas', was: 6, becomes: 1 },
    { field: 'spec.minReadySeconds', was: 10, becomes: 0 },
  ]
  expect(describe({ fallen }).map(({ severity, found }) => `${severity}: ${found}`)).toEqual([
    "error: StatefulSet banking/ledger, spec.replicas: nothing sets it any more, and 6 falls to the API's default, 1",
    "warning: StatefulSet banking/ledger, spec.minReadySeconds: nothing sets it any more, and 10 falls to the API's default, 0",
  ])
})
