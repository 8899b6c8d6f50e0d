import { describe, expect, test } from 'vitest'
import { valueAt } from '../read-value.ts'
import { dataPart, derivedOf, flowsOf, networkOf } from '../testing/graph-fixture.ts'

const inherited = { s3Credentials: { inheritFromIAMRole: true } }
const west = { destinationPath: 's3://archive-west/postgres', ...inherited }
const east = { destinationPath: 's3://archive-east/postgres', ...inherited }

/** Whom a database of these values calls, beside the API server. */
function callsOf(values: Parameters<typeof dataPart>[2]): string[] {
  const flows = flowsOf([dataPart('ledger-db', 'postgres', values)])
  return flows
    .filter(({ from, to }) => from.name === 'ledger-db' && !['ledger-db', 'kubernetes-api'].includes(to.name))
    .map(({ to }) => to.name)
}

describe('a database calls the stores that it reads or writes, and who gives it credentials', () => {
  test.each([
    ['its archive', { backups: west }, ['archive-west', 'cloud-identity']],
    [
      'those of both regions',
      {
        backups: west,
        regions: { self: 'west', members: { west: { objectStore: west }, east: { objectStore: east } } },
      },
      ['archive-east', 'archive-west', 'cloud-identity'],
    ],
    [
      'what it is made from',
      { backups: { enabled: false }, externalClusters: [{ barmanObjectStore: east }] },
      ['archive-east', 'cloud-identity'],
    ],
    [
      'with a key of its own',
      { backups: { ...west, s3Credentials: { accessKeyId: { name: 'key', key: 'id' } } } },
      ['archive-west'],
    ],
    ['nobody without an archive', { backups: { ...west, enabled: false } }, []],
  ])('%s', (_, values, calls) => {
    expect(callsOf(values)).toEqual(calls)
  })

  test('each in its list', () => {
    const part = dataPart('ledger-db', 'postgres', { backups: west })
    const network = networkOf(part, [part])
    expect(network['egress']?.map(({ flow }) => flow)).toEqual(['ledger-db->archive-west'])
    expect(network['identity']?.map(({ flow }) => flow)).toEqual(['ledger-db->cloud-identity'])
  })
})

/** What backs up without a key of its own. */
const backup = { enabled: true, bucket: 'archive-west' }
const role = { provider: 'irsa', roles: { events: 'the role', sessions: 'the role' } } as const

describe('a Redis calls who gives it credentials', () => {
  test.each([
    ['for its backups', { backup }, ['archive-west', 'cloud-identity']],
    ['but not with a key of its own', { backup: { ...backup, secretName: 'key' } }, ['archive-west']],
    ['nor without backups', {}, []],
  ])('%s', (_, values, calls) => {
    const flows = flowsOf([dataPart('sessions', 'redis', values)])
    const called = flows.filter(({ from, to }) => from.name === 'sessions' && to.name !== 'sessions')
    expect(called.map(({ to }) => to.name)).toEqual(calls)
  })

  test('and its account has its role', () => {
    const part = dataPart('sessions', 'redis', { backup })
    const { values } = derivedOf(part, [part], undefined, { identity: role })
    expect(valueAt(values, 'serviceAccount', 'annotations')).toEqual({
      'eks.amazonaws.com/role-arn': 'the role',
    })
  })
})

describe('the workers of Kafka Connect get credentials where their cluster has a role', () => {
  const connect = { connect: { enabled: true } }
  const annotations = { 'eks.amazonaws.com/role-arn': 'the role' }
  test.each([
    ['with one', connect, role, annotations, true],
    ['with none', connect, { provider: 'irsa', roles: {} }, undefined, false],
    ['where the cloud keeps roles to itself', connect, { provider: 'pod-identity' }, undefined, true],
    ['without workers', {}, role, undefined, false],
  ] as const)('%s', (_, values, identity, annotations, isOpen) => {
    const part = dataPart('events', 'kafka', values)
    const derived = derivedOf(part, [part], undefined, { identity }).values
    expect(valueAt(derived, 'connect', 'serviceAccountAnnotations')).toEqual(annotations)
    const flows = flowsOf([part], undefined, { identity })
    expect(flows.some(({ id }) => id === 'events->cloud-identity')).toBe(isOpen)
    expect(valueAt(derived, 'network', 'identity') !== undefined).toBe(isOpen)
  })
})

test.each([
  [{ provider: 'irsa', roles: { 'ledger-db': 'the role' } }, { 'eks.amazonaws.com/role-arn': 'the role' }],
  [{ provider: 'gke', roles: { 'ledger-db': 'the role' } }, { 'iam.gke.io/gcp-service-account': 'the role' }],
  [
    { provider: 'azure', roles: { 'ledger-db': 'the role' } },
    { 'azure.workload.identity/client-id': 'the role' },
  ],
  [{ provider: 'pod-identity' }, undefined],
  [{ provider: 'irsa', roles: { another: 'the role' } }, undefined],
] as const)('the account of a database has its role: $0.provider', (identity, annotations) => {
  const part = dataPart('ledger-db', 'postgres', { backups: west })
  const { values } = derivedOf(part, [part], undefined, { identity })
  expect(valueAt(values, 'serviceAccount', 'annotations')).toEqual(annotations)
})
