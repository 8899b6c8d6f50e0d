import { describe, expect, test } from 'vitest'
import type { Part } from '../parts/part.ts'
import { valueAt } from '../read-value.ts'
import { dataPart, derivedOf, flowsOf, rotatedParts, servicePart } from '../testing/graph-fixture.ts'

const vault: Part = {
  name: 'vault',
  kind: 'vault',
  namespace: 'vault',
  objects: 'vault',
  values: {
    tls: { issuerRef: { kind: 'ClusterIssuer', name: 'bank' } },
    configuration: { mount: 'kv', audience: 'openbao', rotationPeriod: '168h' },
  },
  place: { file: 'defaults.ts', path: ['components', 'vault'] },
  uses: [],
  external: [],
  team: { value: 'platform', place: { file: 'defaults.ts', path: ['team'] } },
  secrets: [],
  exposes: {},
}
const accounts = servicePart('accounts', { postgres: 'books' }, { values: { fullnameOverride: 'current' } })
const books = dataPart('books', 'postgres', { bootstrap: { initdb: { database: 'core', owner: 'core' } } })
const cards = servicePart('cards', { postgres: 'cards-db' })
const all = [accounts, books, cards, dataPart('cards-db', 'postgres'), vault]
const rotatedCredentials = ['accounts']
const place = { file: 'environments/dev/index.ts', path: ['rotatedCredentials', 0] }

const rotated = rotatedParts(all, rotatedCredentials)
const named = (name: string) => rotated.find((part) => part.name === name) ?? expect.fail(name)
const derived = (name: string) => derivedOf(named(name), rotated, undefined, { rotatedCredentials })

describe('a service whose password the vault rotates', () => {
  test('has a user of its own, which is the owner, and the vault one that sets its password', () => {
    const { values, places } = derived('books')
    expect(values['roles']).toMatchObject({
      'accounts-login': { login: true, inRoles: ['core', 'vault-sets'] },
      'vault-sets': {},
      vault: {
        login: true,
        inherit: false,
        passwordSecret: { name: 'books-vault' },
      },
    })
    expect(values['passwordRotation']).toEqual({
      role: 'vault',
      store: { name: 'books', kind: 'SecretStore' },
      path: 'services/dev/books/vault',
    })
    expect(values['secretStore']).toMatchObject({ role: 'books', mount: 'kv' })
    expect(valueAt(values, 'certificates', 'issuerRef')).toEqual({ kind: 'ClusterIssuer', name: 'bank' })
    for (const path of ['roles.vault', 'roles.accounts-login', 'passwordRotation', 'certificates.issuerRef'])
      expect(places.get(path)).toEqual(place)
  })
  test('reads its login and nothing else of the vault, which knows the database', () => {
    const { values, places } = derived('vault')
    expect(values['configuration']).toEqual({
      clients: {
        accounts: { namespace: 'banking', serviceAccount: 'current', logins: ['accounts'] },
        books: { namespace: 'banking', serviceAccount: 'books', read: ['services/dev/books'] },
      },
      databases: {
        books: {
          host: 'books-rw.banking.svc',
          username: 'vault',
          passwordPath: 'services/dev/books/vault',
          logins: { accounts: 'accounts-login' },
        },
      },
    })
    expect(places.get('configuration.databases.books')).toEqual(place)
    expect(places.get('configuration.clients.accounts')).toEqual(place)
  })
  test('has user and password as the vault has them now', () => {
    const { values, places } = derived('accounts')
    expect(values['secretStore']).toEqual({
      server: 'https://vault.vault.svc:8200',
      mount: 'kv',
      audience: 'openbao',
      role: 'accounts',
      databases: 'database',
    })
    expect(values['externalSecrets']).toEqual({
      'database-login': {
        store: { kind: 'SecretStore', name: 'current-databases' },
        path: 'static-creds/accounts',
        keys: ['username', 'password'],
        refreshInterval: '1m',
      },
    })
    expect(valueAt(values, 'spring', 'configTree', 'spring.datasource')).toMatchObject({
      secretName: 'current-database-login',
    })
    expect(values['rotation']).toEqual({ secret: 'database-login', period: '168h' })
    expect(values['restartOn']).toContain('current-database-login')
    expect(valueAt(values, 'serviceAccount', 'secrets')).toContainEqual({
      name: 'current-database-login',
      keys: ['password', 'username'],
    })
    expect(places.get('externalSecrets.database-login')).toEqual(place)
  })
  test('is reached by nobody else than before, but the vault comes to its database, past a pooler', () => {
    const change = (parts: readonly Part[]) => flowsOf(parts).map(({ id }) => id)
    expect(change(rotated).filter((id) => !change(all).includes(id))).toEqual(['vault->books'])
    const pooled = dataPart('books', 'postgres', { poolers: { rw: { type: 'rw' } } })
    const others = rotatedParts([accounts, pooled, vault], rotatedCredentials)
    const flow = flowsOf(others).find(({ id }) => id === 'vault->books')
    expect(flow).toMatchObject({
      to: { podLabels: { 'cnpg.io/cluster': 'books', 'cnpg.io/podRole': 'instance' } },
      ports: [{ port: 5432, protocol: 'TCP' }],
      declared: place,
    })
  })
  test('leaves another service as it was', () => {
    expect(derived('cards')).toEqual(derivedOf(cards, all))
    expect(derivedOf(named('cards-db'), rotated, undefined, { rotatedCredentials })).toEqual(
      derivedOf(named('cards-db'), all),
    )
  })
})
