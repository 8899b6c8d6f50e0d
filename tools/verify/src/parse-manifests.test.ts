import { expect, test } from 'vitest'
import { parseManifests } from './parse-manifests.ts'

const release = { environment: 'dev', release: 'accounts', namespace: 'banking' }
const isNamespaced = (_: string, kind: string) => kind !== 'Namespace'
const parse = (manifests: string) => parseManifests({ ...release, manifests }, isNamespaced)

test('gives namespaced objects the namespace of the release, and keeps one that is named', () => {
  const result = parse(`---
# Source: service/templates/service.yaml
apiVersion: v1
kind: Service
metadata: { name: accounts }
---
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: other }
---
apiVersion: v1
kind: Namespace
metadata: { name: banking }
`)
  expect(result.ok && result.value.map(({ object }) => object.metadata)).toEqual([
    { name: 'accounts', namespace: 'banking' },
    { name: 'settings', namespace: 'other' },
    { name: 'banking' },
  ])
})

test('reads scalars as Kubernetes does', () => {
  const result = parse(
    '{apiVersion: v1, kind: X, metadata: {name: x}, a: no, b: "no", c: 1_000, d: 2026-11-23, e: 1:30}',
  )
  expect(result.ok && result.value[0]?.object).toMatchObject({
    a: false,
    b: 'no',
    c: 1000,
    d: '2026-11-23',
    e: '1:30',
  })
})

test('names every document that is no object', () => {
  const result = parse('just text\n---\nkind: Service\n---\n{apiVersion: v1, a: 1, a: 2}\n')
  expect(result.ok ? [] : result.findings.map(({ found }) => found)).toEqual([
    'release accounts renders a document without apiVersion, kind or metadata.name',
    'release accounts renders a document without apiVersion, kind or metadata.name',
    'release accounts renders Map keys must be unique at line 5, column 24:',
  ])
})
