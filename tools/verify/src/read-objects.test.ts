import { expect, test } from 'vitest'
import { readObjects } from './read-objects.ts'

const isNamespaced = (_: string, kind: string) => kind !== 'Namespace'
const read = (...documents: unknown[]) =>
  readObjects({ environment: 'dev', release: 'accounts', namespace: 'banking', documents }, isNamespaced)
const object = (kind: string, metadata: object) => ({ apiVersion: 'v1', kind, metadata })

test('gives namespaced objects the namespace of the release, and keeps one that is named', () => {
  const result = read(
    object('Service', { name: 'accounts' }),
    object('ConfigMap', { name: 'settings', namespace: 'other' }),
    object('Namespace', { name: 'banking' }),
  )
  expect(result.ok && result.value.map(({ object: { metadata } }) => metadata)).toEqual([
    { name: 'accounts', namespace: 'banking' },
    { name: 'settings', namespace: 'other' },
    { name: 'banking' },
  ])
})

test('names every document that is no object', () => {
  const result = read('just text', object('Service', { name: 'accounts' }), object('Service', { name: '' }))
  expect(result.ok ? [] : result.findings.map(({ found }) => found)).toEqual([
    'document 1 that release accounts renders has no apiVersion, kind or metadata.name',
    'document 3 that release accounts renders has no apiVersion, kind or metadata.name',
  ])
})
