import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isList } from '../json.ts'
import { valueAt } from '../read-value.ts'
import { addressed, dataPart, derivedOf, flowsOf, networkOf, servicePart } from '../testing/graph-fixture.ts'

const port = (port: number) => ({ port, protocol: 'TCP' as const })

describe('a host beyond the platform', () => {
  const rail = addressed('rail.example.com', ['192.0.2.1/32', 443], ['192.0.2.2/32', 8443])
  const user = servicePart('payments', { external: [{ host: 'rail.example.com', ...port(8443) }] })

  test('is open at the port that is said, where it has that port, and nowhere else', () => {
    const derived = derivedOf(user, [user], undefined, { ends: [rail] })
    expect(valueAt(derived.values, 'network', 'egress')).toEqual([
      {
        flow: 'payments->rail.example.com:8443',
        peers: [{ ipBlock: { cidr: '192.0.2.2/32' } }],
        ports: [port(8443)],
      },
    ])
    expect(derived.places.get('network.egress.0')?.path).toEqual(['uses', 'external', 0])
  })

  test('is closed to whoever does not say that it uses it', () => {
    const other = servicePart('accounts', {})
    expect(networkOf(other, [user, other])['egress']).toEqual([])
  })

  test('has a flow for each of its ports', () => {
    const both = servicePart('payments', {
      external: [443, 8443].map((number) => ({ host: 'rail.example.com', ...port(number) })),
    })
    const ids = flowsOf([both], undefined, { ends: [rail] }).map(({ id }) => id)
    expect(ids).toEqual(['payments->rail.example.com:443', 'payments->rail.example.com:8443'])
  })
})

describe('a secret of its own', () => {
  const user = servicePart('notifications', { secrets: { smtp: { keys: ['username', 'password'] } } })
  const secretStore = { kind: 'SecretStore', name: 'vault' } as const
  const { values, places } = derivedOf(user, [user], undefined, { secretStore })

  test('comes from a path of the service alone, and is files', () => {
    expect(values['externalSecrets']).toEqual({
      smtp: { store: secretStore, path: 'services/dev/notifications/smtp', keys: ['username', 'password'] },
    })
    expect(valueAt(values, 'volumes', 'smtp')).toEqual({
      mountPath: '/etc/opencore/smtp',
      readOnly: true,
      secret: { secretName: 'notifications-smtp' },
    })
    expect(places.get('externalSecrets.smtp')?.path).toEqual(['uses', 'secrets', 'smtp'])
  })

  test('is for its own pods to read', () => {
    expect(valueAt(values, 'serviceAccount', 'secrets')).toEqual([{ name: 'notifications-smtp' }])
  })
})

test('what cert-manager makes of its own certificate is its own', () => {
  const certificate = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'grpc' },
    spec: { secretName: 'ledger-grpc' },
  }
  const user = servicePart('ledger', {}, { values: { extraObjects: [certificate, { kind: 'Certificate' }] } })
  expect(valueAt(derivedOf(user, [user]).values, 'serviceAccount', 'secrets')).toEqual([
    { name: 'ledger-grpc' },
  ])
})

test('an account that others make has no list, since nobody here may give it one', () => {
  const user = servicePart('ledger', {}, { values: { serviceAccount: { create: false, name: 'shared' } } })
  expect(valueAt(derivedOf(user, [user]).values, 'serviceAccount')).toBeUndefined()
})

/** Any service that uses some of these, in any settings of theirs. */
const uses = fc.record(
  { postgres: fc.constant('books'), kafka: fc.constant('events'), redis: fc.constant('cache') },
  { requiredKeys: [] },
)

test('pods may read what they are told of, by its keys, and nothing of what they do not use', () => {
  const settings = fc.record({
    shards: fc.integer({ min: 1, max: 3 }),
    authentication: fc.constantFrom('tls', 'scram-sha-512'),
    tls: fc.boolean(),
  })
  fc.assert(
    fc.property(uses, settings, (used, { shards, authentication, tls }) => {
      const user = servicePart('accounts', used)
      const data = [
        dataPart('books', 'postgres', { shards: { count: shards } }),
        dataPart('events', 'kafka', { users: { accounts: { authentication } } }),
        dataPart('cache', 'redis', { tls: { enabled: tls }, acl: { users: { accounts: {} } } }),
      ]
      const { values } = derivedOf(user, [user, ...data])
      const readable = valueAt(values, 'serviceAccount', 'secrets')
      const named = isList(readable) ? readable.map((one) => JSON.stringify(one)) : []
      const told = listNamed({ ...values, serviceAccount: {} })
      for (const { name, key } of told)
        expect(named.some((one) => one.includes(`"${name}"`) && one.includes(`"${key}"`))).toBe(true)
      expect(named.length).toBe(new Set(told.map(({ name }) => name)).size)
      expect(named.join()).not.toMatch(/ca\.key|tls\.key|"default"/)
    }),
  )
})

/** Every key of a Secret that values refer to, wherever they do. */
function listNamed(value: unknown): { name: string; key: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const { secretName, items, name, key } = value as Record<string, unknown>
  if (typeof secretName === 'string' && isList(items))
    return items.map((item) => ({ name: secretName, key: String((item as { key: unknown }).key) }))
  if (typeof name === 'string' && typeof key === 'string' && !('path' in value)) return [{ name, key }]
  return Object.entries(value).flatMap(([key, inner]) => (key === 'configMapKeyRef' ? [] : listNamed(inner)))
}

test('one port of a host by two protocols is two ways', () => {
  const host = 'dns.example.com'
  const asks = servicePart('asks', {
    external: [
      { host, port: 53, protocol: 'TCP' },
      { host, port: 53, protocol: 'UDP' },
    ],
  })
  const end = {
    name: host,
    addresses: [
      {
        cidrs: ['192.0.2.53/32'],
        ports: [
          { port: 53, protocol: 'TCP' as const },
          { port: 53, protocol: 'UDP' as const },
        ],
      },
    ],
  }
  const ways = flowsOf([asks], undefined, { ends: [end] }).filter(({ to }) => to.name === host)
  expect(ways.map(({ id, declared }) => [id, declared.path.join('.')])).toEqual([
    ['asks->dns.example.com:53', 'uses.external.0'],
    ['asks->dns.example.com:53/udp', 'uses.external.1'],
  ])
})
