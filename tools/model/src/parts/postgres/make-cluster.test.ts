import { expect, it } from 'vitest'
import { neighboursAmong } from '../made.ts'
import { makeCluster } from './make-cluster.ts'

it.each([
  ['an account of its name, which has what the template says', { serviceAccountTemplate: {} }, ['db']],
  ['none, where it names one that is there', { serviceAccountName: 'writer' }, []],
])('the operator makes a database %s', (_, spec, accounts) => {
  const metadata = { name: 'db', namespace: 'banking' }
  const cluster = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata, spec }
  const made = makeCluster(cluster, neighboursAmong([cluster]))
  const found = made.filter(({ kind }) => kind === 'ServiceAccount').map((each) => each.metadata.name)
  expect(found).toEqual(accounts)
})
