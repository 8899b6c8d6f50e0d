import { expect, it } from 'vitest'
import { findFact } from './find-fact.ts'

const objects = [
  {
    apiVersion: 'v1',
    kind: 'Cluster',
    metadata: { name: 'a', annotations: { 'x.y/z': 'on' } },
    spec: { parameters: { 'max.size': '1', max: { size: '2' } }, roles: [{ name: 'app', login: false }] },
  },
  { apiVersion: 'v1', kind: 'Database', metadata: { name: 'a-core' }, spec: { name: 'core', owner: 'app' } },
]

it.each([
  ['Cluster.parameters.max.size', '1'],
  ['Cluster.parameters.max', { size: '2' }],
  ['Cluster.roles.app.login', false],
  ['Cluster.roles.0.login', false],
  ['Cluster.metadata.annotations.x.y/z', 'on'],
  ['Cluster/b.parameters.max.size', undefined],
  ['Database/core.owner', 'app'],
  ['Database/a-core.owner', 'app'],
  ['Database.own', undefined],
])('finds %s', (key, value) => {
  expect(findFact(objects, key)).toEqual(value)
})
