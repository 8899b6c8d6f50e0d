import { expect, test } from 'vitest'
import { readApplication } from './read-application.ts'

function application(helm: object, sources: object[] = [{ ref: 'values' }]) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'dev-accounts' },
    spec: {
      project: 'dev-services',
      destination: { name: 'dev', namespace: 'banking' },
      sources: [{ chart: 'service', targetRevision: '0.1.0', helm }, ...sources],
    },
  }
}
const helm = {
  releaseName: 'accounts',
  kubeVersion: '1.36.3',
  valueFiles: ['$values/argocd/dev/values/accounts.yaml'],
}

test('reads what Argo CD would render', () => {
  expect(readApplication(application(helm), 'a.yaml')).toEqual({
    ok: true,
    value: {
      application: 'dev-accounts',
      project: 'dev-services',
      release: 'accounts',
      namespace: 'banking',
      chart: 'service',
      version: '0.1.0',
      kubeVersion: '1.36.3',
      valuesFile: 'argocd/dev/values/accounts.yaml',
    },
  })
})

test.each([
  [application({ ...helm, valueFiles: [] }), 'has no valuesFile'],
  [application({ ...helm, valueFiles: ['values.yaml'] }), 'has no valuesFile'],
  [
    application({ valueFiles: helm.valueFiles, valuesObject: { a: 1 } }),
    'has no release, no kubeVersion, helm.valuesObject',
  ],
])('refuses another shape (%#)', (shape, problem) => {
  const result = readApplication(shape, 'a.yaml')
  expect(result.ok ? [] : result.findings.map(({ found }) => found)).toEqual([
    `Application dev-accounts ${problem}`,
  ])
})
