import { expect, test } from 'vitest'
import { readApplication } from './read-application.ts'

const source = { targetRevision: 'env/dev', path: 'accounts', directory: { include: 'manifests.yaml' } }

function application(of: object) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'dev-accounts' },
    spec: { project: 'dev-services', destination: { name: 'dev', namespace: 'banking' }, source: of },
  }
}

test('reads what Argo CD would apply', () => {
  expect(readApplication(application(source), 'a.yaml')).toEqual({
    ok: true,
    value: {
      application: 'dev-accounts',
      project: 'dev-services',
      release: 'accounts',
      namespace: 'banking',
      ref: 'env/dev',
      file: 'manifests.yaml',
    },
  })
})

test.each([
  ['no ref', { ...source, targetRevision: undefined }],
  ['no file', { ...source, directory: {} }],
  ['source.helm', { ...source, helm: {} }],
  ['no release, no ref, no file', {}],
])('refuses one with %s', (problem, of) => {
  const result = readApplication(application(of), 'a.yaml')
  expect(result.ok ? [] : result.findings).toMatchObject([
    {
      code: 'APPLICATION_UNSUPPORTED',
      at: { file: 'a.yaml' },
      found: `Application dev-accounts has ${problem}`,
    },
  ])
})
