import { describe, expect, test } from 'vitest'
import { explainRefusal } from './explain-refusal.ts'

const explain = (message: string, causes?: { field?: string; message?: string }[]) =>
  explainRefusal({ kind: 'Status', code: 422, message, ...(causes && { details: { causes } }) })

describe(explainRefusal, () => {
  test('lists the causes of an invalid object', () => {
    const causes = [
      { field: 'spec.replicas', message: 'Invalid value: -1' },
      { field: 'metadata.name', message: 'Required value' },
    ]
    expect(explain('Deployment.apps "x" is invalid: [...]', causes)).toEqual(causes)
  })

  test('reads one error of a typed patch', () => {
    const message =
      'failed to create typed patch object (banking/x; apps/v1, Kind=Deployment): .spec.replicas: expected numeric (int or float), got string'
    expect(explain(message)).toEqual([
      { field: 'spec.replicas', message: 'expected numeric (int or float), got string' },
    ])
  })

  test('reads every error of a typed patch, with keys of lists in their path', () => {
    const message = `failed to create typed patch object (banking/x; apps/v1, Kind=Deployment): errors:
  .spec.template.spec.containers[name="m"].env: duplicate entries for key [name="A"]
  .spec.wieght: field not declared in schema`
    expect(explain(message)).toEqual([
      {
        field: 'spec.template.spec.containers[name="m"].env',
        message: 'duplicate entries for key [name="A"]',
      },
      { field: 'spec.wieght', message: 'field not declared in schema' },
    ])
  })

  test('reads every unknown field of a strict decoder', () => {
    const message =
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.foo", unknown field "spec.replcas"'
    expect(explain(message)).toEqual([
      { field: 'spec.foo', message: 'unknown field' },
      { field: 'spec.replcas', message: 'unknown field' },
    ])
  })

  test('names the policy that refused', () => {
    const message =
      "deployments.apps \"x\" is forbidden: ValidatingAdmissionPolicy 'pinned-images' with binding 'pinned-images' denied request: image x has no digest"
    expect(explain(message)).toEqual([{ message: 'image x has no digest (policy pinned-images)' }])
  })

  test('keeps a message that it does not know', () => {
    expect(explain('namespaces "nowhere" not found')).toEqual([{ message: 'namespaces "nowhere" not found' }])
  })
})
