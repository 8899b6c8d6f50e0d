import type { Finding } from '@opencore/contract'
import { expect, test } from 'vitest'
import type { KubernetesObject, RenderedObject } from '../rendered-object.ts'
import { formatControls, joinControls, listControls } from './controls.ts'

const rendered = (object: KubernetesObject): RenderedObject => ({ environment: 'dev', release: 'x', object })
const labels = { 'opencore.dev/control': 'A4' }
const policy = rendered({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: {
    name: 'opencore-a4',
    labels,
    annotations: {
      'opencore.dev/wanted': 'no root',
      'opencore.dev/sources': 'CIS 5.2.7',
      'opencore.dev/exempt': '{"strimzi":"it must"}',
      'opencore.dev/waivers':
        '[{"name":"w","control":"A4","namespace":"banking","release":"old","owner":"payments","reason":"its vendor","expires":"2099-12-31"}]',
    },
  },
  spec: { matchConstraints: { resourceRules: [{ resources: ['pods', 'deployments'] }] } },
})
const binding = rendered({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'opencore-a4', labels },
  spec: {
    policyName: 'opencore-a4',
    matchResources: {
      namespaceSelector: {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['banking'] }],
      },
    },
  },
})
const finding = (code: string): Finding => ({
  code,
  severity: 'error',
  at: { file: 'a' },
  found: '',
  wanted: '',
  next: '',
})
const verdict = (kind: string, namespace: string, ...codes: string[]) => ({
  rendered: rendered({ apiVersion: 'v1', kind, metadata: { name: 'a', namespace } }),
  findings: codes.map(finding),
})

test('a control counts what it was asked about, and what breaks it', () => {
  const verdicts = [
    verdict('Pod', 'banking'),
    verdict('Deployment', 'banking', 'A4', 'A7'),
    verdict('Deployment', 'elsewhere', 'A4'),
    verdict('Service', 'banking'),
  ]
  const rows = listControls([policy, binding], verdicts)
  expect(formatControls(joinControls([...rows, ...rows]))).toBe(`
### Controls

| id | what holds | asked for by | objects judged | breaches | exempt |
|---|---|---|---|---|---|
| A4 | no root | CIS 5.2.7 | 4 | 2 | strimzi: it must<br>waived for banking/old until 2099-12-31 (payments: its vendor) |
`)
})

test('without a foundation there is nothing to tell', () => {
  expect(formatControls(listControls([], [verdict('Pod', 'banking')]))).toBe('')
})
