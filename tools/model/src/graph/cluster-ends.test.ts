import { describe, expect, test } from 'vitest'
import { valueAt } from '../read-value.ts'
import { addressed, dataPart, derivedOf, flowsOf, servicePart } from '../testing/graph-fixture.ts'

const parts = {
  kafka: dataPart('events', 'kafka', { connect: { enabled: true }, mirror: { enabled: true } }),
  postgres: dataPart('ledger-db', 'postgres', { shards: { count: 2 } }),
  redis: dataPart('cache', 'redis'),
  service: servicePart('accounts', {}),
}

describe('the API server', () => {
  test.each([
    [
      parts.kafka,
      ['events-kafka', 'events-entity-operator', 'events-connect-connect', 'events-mirror-mirrormaker2'],
    ],
    [parts.postgres, ['ledger-db-s0', 'ledger-db-s1']],
    [servicePart('watcher', {}, { values: { serviceAccount: { automountToken: true } } }), ['watcher']],
  ])('is called by every part that reads it: $0.name', (part, callers) => {
    const [flow] = flowsOf([part]).filter(({ to }) => to.name === 'kubernetes-api')
    expect(flow?.callers?.flatMap((labels) => Object.values(labels))).toEqual(callers)
    expect(flow?.ports.map(({ port }) => port)).toEqual([443, 6443])
  })

  test.each([parts.redis, parts.service])('and by no other: $kind', (part) => {
    expect(flowsOf([part]).filter(({ to }) => to.name === 'kubernetes-api')).toEqual([])
  })

  test.each([
    parts.kafka,
    parts.postgres,
    servicePart('watcher', {}, { values: { serviceAccount: { automountToken: true } } }),
  ])('is an entity for Cilium: $kind', (part) => {
    const { values, places } = derivedOf(part, [part], undefined, { networkEnforcer: 'cilium' })
    expect(valueAt(values, 'network', 'cilium')).toBe(true)
    expect(places.get('network.cilium')?.path).toEqual(['networkEnforcer'])
    const others = derivedOf(part, [part], undefined, { networkEnforcer: 'calico' })
    expect(valueAt(others.values, 'network', 'cilium')).toBeUndefined()
  })

  test.each([parts.redis, parts.service])('and nothing to whoever does not call it: $kind', (part) => {
    const { values } = derivedOf(part, [part], undefined, { networkEnforcer: 'cilium' })
    expect(valueAt(values, 'network', 'cilium')).toBeUndefined()
  })
})

test.each(Object.values(parts))(
  'names are asked of the servers, and of the cache on each node: $kind',
  (part) => {
    const cache = addressed('dns-cache', ['169.254.20.10/32', 53])
    const { values } = derivedOf(part, [part], undefined, { ends: [cache] })
    expect(valueAt(values, 'network', 'dns')).toEqual({
      peers: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'dns' } },
          podSelector: { matchLabels: { app: 'dns' } },
        },
        { ipBlock: { cidr: '169.254.20.10/32' } },
      ],
      port: 53,
    })
  },
)
