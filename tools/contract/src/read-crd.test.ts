import { describe, expect, it } from 'vitest'
import { readCrd } from './read-crd.ts'

const crd = {
  kind: 'CustomResourceDefinition',
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
