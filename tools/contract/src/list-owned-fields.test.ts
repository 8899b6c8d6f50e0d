import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { listOwnedFields, printOwnedFields } from './list-owned-fields.ts'

const list = (properties: string) => listOwnedFields({ properties: parse(properties) as object })

const overlay = 'overlay: { $ref: k8s:apps/v1/Deployment#/spec, x-opencore-patch: true }'

describe(listOwnedFields, () => {
  it('names by field the value that refers to it or says that it sets it', () => {
    const fields = list(`
      ${overlay}
      seconds: { $ref: k8s:apps/v1/Deployment#/spec/minReadySeconds }
      pools:
        additionalProperties:
          properties: { replicas: { type: integer, x-opencore-sets: [k8s:apps/v1/Deployment#/spec/replicas] } }
      resources: { x-opencore-sets: [k8s:v1/Pod#/spec/containers/app/resources] }
    `)
    expect(fields).toEqual({
      Deployment: { minReadySeconds: 'seconds', replicas: 'pools.<name>.replicas' },
      Pod: { 'containers app resources': 'resources' },
    })
  })

  it('leaves out kinds without an overlay, pods of operators, and what is inside lists', () => {
    const fields = list(`
      overlay: { $ref: k8s:example.org/v1/Route#/spec, x-opencore-patch: true }
      port: { $ref: k8s:v1/Service#/spec/type }
      affinity: { $ref: k8s:v1/Pod#/spec/affinity }
      path: { $ref: k8s:example.org/v1/Route#/spec/matches/items/path }
    `)
    expect(fields).toEqual({})
  })

  it('names each of several values, and the parts instead of their whole', () => {
    const fields = list(`
      ${overlay}
      strategy: { $ref: k8s:apps/v1/Deployment#/spec/strategy }
      type: { $ref: k8s:apps/v1/Deployment#/spec/strategy/type }
      again: { $ref: k8s:apps/v1/Deployment#/spec/strategy/type }
    `)
    expect(fields).toEqual({ Deployment: { 'strategy type': 'type or again' } })
  })
})

describe(printOwnedFields, () => {
  it('prints a template of JSON, or nothing', () => {
    expect(printOwnedFields('demo', { Pod: { affinity: 'affinity' } })).toMatch(
      /\{\{- define "demo.ownedFields" -\}\}\n\{\n {2}"Pod": \{/,
    )
    expect(printOwnedFields('demo', {})).toBeUndefined()
  })
})
