import { describe, expect, it } from 'vitest'
import { listMade, readKinds } from './resources.ts'

const barman = (name: string) => ({
  name: 'barman-cloud.cloudnative-pg.io',
  parameters: { barmanObjectName: name },
})
const object = (apiVersion: string, kind: string, fields: object) => ({
  apiVersion,
  kind,
  metadata: { name: 'accounts-db', namespace: 'banking', labels: { 'strimzi.io/cluster': 'events' } },
  ...fields,
})

describe('a platform that plays operators follows what their makers look up', () => {
  it.each([
    object('postgresql.cnpg.io/v1', 'Cluster', {
      spec: {
        plugins: [barman('accounts-db')],
        bootstrap: { recovery: { source: 'origin' } },
        externalClusters: [{ name: 'origin', plugin: barman('accounts-db-origin') }],
      },
    }),
    object('barmancloud.cnpg.io/v1', 'ObjectStore', { spec: {} }),
    object('postgresql.cnpg.io/v1', 'Pooler', { spec: { cluster: { name: 'accounts-db' } } }),
    object('kafka.strimzi.io/v1', 'Kafka', { spec: { kafka: { listeners: [] } } }),
    object('kafka.strimzi.io/v1', 'KafkaNodePool', { spec: { replicas: 1 } }),
  ])('of $kind', (resource) => {
    const asked = new Set<string>()
    listMade(resource, {
      find: (kind) => {
        asked.add(kind)
        return undefined
      },
      all: (kind) => {
        asked.add(kind)
        return []
      },
    })
    expect(asked.size).toBeGreaterThan(0)
    expect(readKinds.map((each) => each.split('/')[1])).toEqual(expect.arrayContaining([...asked]))
  })
})
