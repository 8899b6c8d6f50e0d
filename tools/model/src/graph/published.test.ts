import { describe, expect, test } from 'vitest'
import { valueAt } from '../read-value.ts'
import type { JsonObject } from '../json.ts'
import type { Part } from '../parts/part.ts'
import { componentPart, dataPart, derivedOf, servicePart } from '../testing/graph-fixture.ts'

const foundation = componentPart('foundation', 'opencore-foundation')
const quotaOf = (...parts: readonly Part[]) =>
  valueAt(derivedOf(foundation, [foundation, ...parts]).values, 'namespaces', 'banking', 'quota', 'hard')
const hard = (loadBalancers: number, nodePorts: number) => ({
  'services.loadbalancers': String(loadBalancers),
  'services.nodeports': String(nodePorts),
})
const balanced = { spec: { type: 'LoadBalancer' } }
const listed = (spec: JsonObject) => ({
  services: { additional: [{ selectorType: 'rw', serviceTemplate: { metadata: { name: 'peer' }, spec } }] },
})

describe('the quota of a namespace has room for', () => {
  test.each<[string, JsonObject, unknown]>([
    ['a service behind a load balancer', { service: { type: 'LoadBalancer' } }, hard(1, 1)],
    [
      'one with ports of its own',
      {
        service: { type: 'LoadBalancer' },
        spring: { enabled: true, managementPort: 8081 },
        extraPorts: { grpc: {} },
      },
      hard(1, 3),
    ],
    [
      'one that is no Spring, and so has no management port',
      { service: { type: 'NodePort' }, spring: { enabled: false, managementPort: 8081 } },
      hard(0, 1),
    ],
    [
      'one that needs no node ports',
      {
        service: { type: 'LoadBalancer' },
        overlay: { service: { allocateLoadBalancerNodePorts: false } },
      },
      hard(1, 0),
    ],
    ['nothing of a Job', { service: { type: 'LoadBalancer' }, workload: { type: 'Job' } }, undefined],
    ['nothing without a Service', { service: { type: 'NodePort', enabled: false } }, undefined],
    ['nothing within the cluster', { service: { type: 'ClusterIP' } }, undefined],
  ])('%s', (_, values, expected) => {
    expect(quotaOf(servicePart('portal', {}, { values }))).toEqual(expected)
  })

  test.each<[string, JsonObject, unknown]>([
    ['a pooler of each shard', { shards: { count: 3 }, poolers: { rw: { service: balanced } } }, hard(3, 3)],
    ['a Service more', listed({ type: 'LoadBalancer' }), hard(1, 1)],
    [
      'one with another port, to which the operator adds its own',
      listed({ type: 'NodePort', ports: [{ name: 'admin', port: 5433 }] }),
      hard(0, 2),
    ],
    [
      'one with the port under another name',
      listed({ type: 'NodePort', ports: [{ name: 'sql', port: 5432 }] }),
      hard(0, 1),
    ],
    ['nothing of what is for the cluster alone', { ...listed({}), poolers: { rw: {} } }, undefined],
  ])('%s', (_, values, expected) => {
    expect(quotaOf(dataPart('books-db', 'postgres', values))).toEqual(expected)
  })

  test('all that is there', () => {
    const service = servicePart('portal', {}, { values: { service: { type: 'LoadBalancer' } } })
    const listener = { type: 'loadbalancer', configuration: { allocateLoadBalancerNodePorts: false } }
    const kafka = dataPart('events', 'kafka', { brokers: { replicas: 3 }, listeners: { outer: listener } })
    const database = dataPart('books-db', 'postgres', listed({ type: 'LoadBalancer' }))
    expect(quotaOf(service, kafka, database)).toEqual(hard(6, 2))
  })
})
