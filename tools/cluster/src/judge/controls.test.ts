import { expect, test } from 'vitest'
import { bindToWarn, explainControl, readControls } from './controls.ts'

const metadata = {
  name: 'opencore-a4-non-root',
  labels: { 'opencore.dev/control': 'A4' },
  annotations: { 'opencore.dev/wanted': 'no root', 'opencore.dev/next': 'set runAsNonRoot' },
}
const apiVersion = 'admissionregistration.k8s.io/v1'
const controls = readControls([
  { apiVersion, kind: 'ValidatingAdmissionPolicy', metadata },
  { apiVersion, kind: 'ValidatingAdmissionPolicy', metadata: { name: 'another' } },
])
const warning = (policy: string, message: string) =>
  `Validation failed for ValidatingAdmissionPolicy '${policy}' with binding '${policy}': ${message}`

test('a warning of a control is its finding', () => {
  const said = warning(
    metadata.name,
    'A4: container main may run as root; want no root; next set runAsNonRoot',
  )
  expect(explainControl('Pod x', said, controls)).toEqual({
    code: 'A4',
    severity: 'error',
    found: 'Pod x: container main may run as root',
    wanted: 'no root',
    next: 'set runAsNonRoot',
  })
})

test('also where the API server cut it, or the control could not judge', () => {
  const found = (message: string) => explainControl('Pod x', warning(metadata.name, message), controls)?.found
  expect(found('A4: container main may run as ro')).toBe('Pod x: container main may run as ro')
  expect(found("expression 'x' resulted in error: no such key")).toBe(
    "Pod x: expression 'x' resulted in error: no such key",
  )
})

test('other warnings are not', () => {
  expect(explainControl('Pod x', warning('another', 'A4: so'), controls)).toBeUndefined()
  expect(explainControl('Pod x', 'metadata.finalizers: prefer a domain', controls)).toBeUndefined()
})

test('bindings of controls warn, others stay as they are', () => {
  const binding = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: { policyName: metadata.name, validationActions: ['Deny', 'Audit'] },
  }
  expect(bindToWarn(binding)).toEqual({
    ...binding,
    spec: { policyName: metadata.name, validationActions: ['Warn'] },
  })
  const other = { ...binding, metadata: { name: 'another' } }
  expect(bindToWarn(other)).toBe(other)
})
