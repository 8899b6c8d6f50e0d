import { expect, test } from 'vitest'
import { admissionObjects } from './admission-objects.ts'

const object = (apiVersion: string, kind: string, spec = {}) => ({
  apiVersion,
  kind,
  metadata: { name: 'x' },
  spec,
})

test('keeps what admission reads, with the parameters of policies', () => {
  const paramKind = { apiVersion: 'v1', kind: 'ConfigMap' }
  const policy = object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', { paramKind })
  const kept = [
    policy,
    object('v1', 'ConfigMap'),
    object('v1', 'Namespace'),
    object('v1', 'LimitRange'),
    object('scheduling.k8s.io/v1', 'PriorityClass'),
    object('networking.k8s.io/v1', 'IngressClass'),
  ]
  const others = [
    object('networking.k8s.io/v1', 'NetworkPolicy'),
    object('v1', 'ResourceQuota'),
    object('apps/v1', 'Deployment'),
  ]
  expect(admissionObjects([...others, ...kept])).toEqual(kept)
  expect(admissionObjects([object('v1', 'ConfigMap')])).toEqual([])
})
