import { describe, expect, it } from 'vitest'
import { readOpenApi } from './read-openapi.ts'

const gvk = { group: 'apps', version: 'v1', kind: 'Deployment' }
const document = {
  openapi: '3.0.0',
  paths: {
    '/apis/apps/v1/deployments': { get: {} },
    '/apis/apps/v1/namespaces/{namespace}/deployments': { post: { 'x-kubernetes-group-version-kind': gvk } },
    '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale': {
      post: { 'x-kubernetes-group-version-kind': { group: 'autoscaling', version: 'v1', kind: 'Scale' } },
    },
    '/api/v1/namespaces': {
      post: { 'x-kubernetes-group-version-kind': { group: '', version: 'v1', kind: 'Namespace' } },
    },
  },
  components: {
    schemas: {
      'io.k8s.api.apps.v1.Deployment': {
        description: 'prose',
        type: 'object',
        properties: {
          description: { type: 'string', description: 'a property that happens to be called so' },
          spec: { allOf: [{ $ref: '#/components/schemas/Spec' }], default: {} },
        },
        'x-kubernetes-group-version-kind': [gvk],
      },
      Spec: { type: 'object' },
      'io.k8s.api.core.v1.Namespace': {
        'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Namespace' }],
      },
    },
  },
}

describe(readOpenApi, () => {
  it('reads scope and plural from the path', () => {
    const { kinds } = readOpenApi(document)
    expect(kinds['apps/v1/Deployment']).toMatchObject({ namespaced: true, plural: 'deployments' })
    expect(kinds['v1/Namespace']).toMatchObject({ namespaced: false, plural: 'namespaces' })
  })

  it('leaves subresources out', () => {
    expect(Object.keys(readOpenApi(document).kinds).sort()).toEqual(['apps/v1/Deployment', 'v1/Namespace'])
  })

  it('drops prose but not a property named description, and points at definitions', () => {
    expect(readOpenApi(document).definitions['io.k8s.api.apps.v1.Deployment']).toMatchObject({
      type: 'object',
      properties: {
        description: { type: 'string' },
        spec: { allOf: [{ $ref: '#/definitions/Spec' }] },
      },
    })
    expect(JSON.stringify(readOpenApi(document))).not.toContain('prose')
  })

  it('refuses what is no OpenAPI document', () => {
    expect(() => readOpenApi({ swagger: '2.0' })).toThrow(TypeError)
  })
})
