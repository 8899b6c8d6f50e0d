import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import type { Part } from '../parts/part.ts'
import { valueAt } from '../read-value.ts'
import { addressed, dataPart, derivedOf, flowsOf, servicePart } from '../testing/graph-fixture.ts'

const store = (values: JsonObject = {}): Part => ({
  name: 'vault',
  kind: 'vault',
  namespace: 'vault',
  objects: 'vault',
  values: { configuration: { mount: 'kv', audience: 'openbao' }, ...values },
  place: { file: 'dev.ts', path: [] },
  uses: [],
  external: [],
  team: { value: 'platform', place: { file: 'defaults.ts', path: ['team'] } },
  secrets: [],
  exposes: {},
})
const keys = { keys: ['password'] }
const accounts = servicePart('accounts', { secrets: { smtp: keys, rail: keys } })
const cards = servicePart(
  'cards',
  { secrets: { smtp: keys } },
  { values: { serviceAccount: { name: 'own' } } },
)
const ledger = servicePart('ledger', {})
const parts = [accounts, cards, ledger, store()]
const clientsOf = (all: readonly Part[]) =>
  valueAt(derivedOf(store(), all).values, 'configuration', 'clients')

describe('a vault', () => {
  test('lets each service with secrets read its own folder, by its own account', () => {
    expect(clientsOf(parts)).toEqual({
      accounts: { namespace: 'banking', serviceAccount: 'accounts', read: ['services/dev/accounts'] },
      cards: { namespace: 'banking', serviceAccount: 'own', read: ['services/dev/cards'] },
    })
    const { places } = derivedOf(store(), parts)
    expect(places.get('configuration.clients.cards')?.path).toEqual(['uses', 'secrets', 'smtp'])
  })
  test('forgets a service that is gone', () => {
    expect(clientsOf([cards, ledger, store()])).not.toHaveProperty('accounts')
  })
  test('is where secrets of a service come from, which logs in as itself', () => {
    const { values } = derivedOf(cards, parts)
    expect(values['secretStore']).toEqual({
      server: 'https://vault.vault.svc:8200',
      mount: 'kv',
      audience: 'openbao',
      role: 'cards',
    })
    expect(valueAt(values, 'externalSecrets', 'smtp')).toEqual({
      store: { kind: 'SecretStore', name: 'cards' },
      path: 'services/dev/cards/smtp',
      keys: ['password'],
    })
    expect(derivedOf(ledger, parts).values).not.toHaveProperty('secretStore')
  })
  test('has the passwords of a Redis, which fetches them as itself', () => {
    const cache = dataPart('cache', 'redis', { mode: 'standalone' })
    const all = [cache, store()]
    const read = ['services/dev/cache']
    expect(clientsOf(all)).toEqual({ cache: { namespace: 'banking', serviceAccount: 'cache', read } })
    const { values } = derivedOf(cache, all)
    expect(valueAt(values, 'secretStore', 'role')).toBe('cache')
    expect(valueAt(values, 'auth', 'externalSecret')).toEqual({
      store: { name: 'cache', kind: 'SecretStore' },
      path: 'services/dev/cache/users',
    })
  })
  test.each([
    ['without passwords', { auth: { enabled: false } }],
    ['with a Secret of its own', { auth: { secret: { name: 'own' } } }],
    ['with users of its own', { acl: { secretName: 'own' } }],
  ])('has none of a Redis %s', (_, values) => {
    const cache = dataPart('cache', 'redis', { mode: 'standalone', ...values })
    expect(clientsOf([cache, store()])).toBeUndefined()
    expect(derivedOf(cache, [cache, store()]).values).not.toHaveProperty('secretStore')
  })
  test('is left alone where the environment names a store', () => {
    const secretStore = { kind: 'ClusterSecretStore', name: 'bank' } as const
    const { values } = derivedOf(cards, parts, undefined, { secretStore })
    expect(values).not.toHaveProperty('secretStore')
    expect(valueAt(values, 'externalSecrets', 'smtp', 'store')).toEqual(secretStore)
  })
  test('is called by External Secrets and Prometheus, and asks the API server', () => {
    const ids = flowsOf([store()]).map(({ id }) => id)
    expect(ids).toEqual(
      [
        'external-secrets->vault',
        'prometheus->vault:metrics',
        'vault->kubernetes-api',
        'vault->vault:inside:servers',
        'vault->vault:inside:configuration',
      ].sort(),
    )
  })
  test.each([
    ['kms.eu-west-1.amazonaws.com', { type: 'awskms', awskms: { region: 'eu-west-1' } }],
    ['kms.example.com', { type: 'awskms', awskms: { region: 'a', endpoint: 'https://kms.example.com' } }],
    ['cloudkms.googleapis.com', { type: 'gcpckms', gcpckms: {} }],
    ['bank.vault.azure.net', { type: 'azurekeyvault', azurekeyvault: { vaultName: 'bank' } }],
    ['other.example.com', { type: 'transit', transit: { address: 'https://other.example.com:8200' } }],
  ])('goes to %s for the key of its seal', (host, seal) => {
    const part = store({ seal })
    const ids = flowsOf([part], undefined, { ends: [addressed(host, ['192.0.2.9/32', 443])] }).map(
      ({ id }) => id,
    )
    expect(ids).toContain(`vault->${host}`)
  })
})
