import { describe, expect, it } from 'vitest'
import { builtInFields, isFixed, listFixedFields } from './fixed-fields.ts'

const crd = (properties: object, rules: string[] = []) => ({
  name: 'parts.example.org',
  source: 'example',
  manifest: {
    spec: {
      group: 'example.org',
      names: { kind: 'Part' },
      versions: [
        {
          schema: {
            openAPIV3Schema: {
              properties: {
                spec: { properties, 'x-kubernetes-validations': rules.map((rule) => ({ rule })) },
              },
            },
          },
        },
      ],
    },
  },
})

describe(listFixedFields, () => {
  it('finds what rules of a definition compare with the old value, beside the built-in kinds', () => {
    const rules = [{ rule: 'self == oldSelf' }]
    const fields = listFixedFields({
      crds: [
        crd(
          {
            class: { 'x-kubernetes-validations': rules },
            pages: { 'x-kubernetes-validations': [{ rule: 'self > 0' }] },
          },
          ['self.name == oldSelf.name'],
        ),
      ],
    })
    expect(fields.get('example.org/Part')).toEqual([{ path: 'spec.name' }, { path: 'spec.class' }])
    expect(fields.get('apps/StatefulSet')).toBe(builtInFields.get('apps/StatefulSet'))
  })
})

describe(isFixed, () => {
  const of = (kind: string, path: string, before = {}) => isFixed(builtInFields.get(kind) ?? [], path, before)

  it.each([
    ['apps/Deployment', 'spec.selector', true],
    ['apps/Deployment', 'spec.selector.matchLabels.app', true],
    ['apps/Deployment', 'spec.selectors', false],
    ['apps/Deployment', 'spec', true],
    ['apps/StatefulSet', 'spec.volumeClaimTemplates', true],
    ['apps/StatefulSet', 'spec.serviceName', true],
    ['apps/StatefulSet', 'spec.template.spec.containers[main].image', false],
    ['apps/StatefulSet', 'spec.replicas', false],
    ['/PersistentVolumeClaim', 'spec.resources.requests.storage', false],
    ['/PersistentVolumeClaim', 'spec.storageClassName', true],
    ['/ConfigMap', 'data.key', false],
  ])('%s, %s: %s', (kind, path, expected) => {
    expect(of(kind, path)).toBe(expected)
  })

  it('knows a ConfigMap that locks itself', () => {
    expect(of('/ConfigMap', 'data.key', { immutable: true })).toBe(true)
  })
})
