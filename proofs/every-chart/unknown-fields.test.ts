import { describe, expect, it } from 'vitest'
import { unknownFields } from './unknown-fields.ts'

const sample = {
  kind: 'kindValue',
  metadata: { labels: { labelsKey: 'labelsValue' }, managedFields: [{ fieldsV1: {} }] },
  spec: {
    containers: [{ name: 'nameValue', limits: { limitsKey: '0' } }],
    tolerations: [{ key: 'keyValue' }],
  },
}

describe(unknownFields, () => {
  it('passes fields that the sample has, with any value', () => {
    const spec = { containers: [{ name: 'app' }, { limits: { cpu: 1, 'nvidia.com/gpu': 1 } }] }
    expect(unknownFields({ kind: 'Pod', spec }, sample)).toEqual([])
  })

  it('lets a map and an opaque object hold any key', () => {
    const metadata = { labels: { app: 'accounts' }, managedFields: [{ fieldsV1: { 'f:spec': {} } }] }
    expect(unknownFields({ metadata }, sample)).toEqual([])
  })

  it('takes a list of objects with the field `key` for what it is', () => {
    expect(unknownFields({ spec: { tolerations: [{ key: 'a', value: 'b' }] } }, sample)).toEqual([
      '/spec/tolerations/0/value',
    ])
  })

  it('names a field that the sample has not, once', () => {
    const spec = { containers: [{ name: 'a' }, { 'a/b': { c: 1 } }], newer: { than: 'this' } }
    expect(unknownFields({ spec }, sample)).toEqual(['/spec/containers/1/a~1b', '/spec/newer'])
  })
})
