import { describe, expect, it } from 'vitest'
import { compactCrd, readCrd } from './read-crd.ts'

const crd = {
  kind: 'CustomResourceDefinition',
  metadata: { name: 'routes.example.org' },
  spec: {
    group: 'example.org',
    scope: 'Namespaced',
    names: { kind: 'Route', plural: 'routes' },
    versions: [
      { name: 'v1', served: true, schema: { openAPIV3Schema: { type: 'object', description: 'prose' } } },
      { name: 'v1beta1', served: false, schema: { openAPIV3Schema: { type: 'object' } } },
    ],
  },
}

describe(readCrd, () => {
  it('reads each served version and no other', () => {
    expect(readCrd(crd).kinds).toEqual({
      'example.org/v1/Route': { schema: { type: 'object' }, namespaced: true, plural: 'routes' },
    })
  })

  it('refuses another kind', () => {
    expect(() => readCrd({ kind: 'ConfigMap' })).toThrow(TypeError)
  })
})

describe(compactCrd, () => {
  it('takes the prose out and leaves every rule and field', () => {
    const schema = {
      description: 'prose',
      properties: { description: { type: 'string', description: 'prose', maxLength: 8 } },
      'x-kubernetes-validations': [{ rule: 'true' }],
    }
    const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }
    const { name, manifest } = compactCrd({ ...crd, spec: { ...crd.spec, versions: [version] } }, 'here')
    expect(name).toBe('routes.example.org')
    expect(manifest).toEqual({
      ...crd,
      spec: {
        ...crd.spec,
        versions: [
          {
            ...version,
            schema: {
              openAPIV3Schema: {
                properties: { description: { type: 'string', maxLength: 8 } },
                'x-kubernetes-validations': [{ rule: 'true' }],
              },
            },
          },
        ],
      },
    })
  })
})
