import { describe, expect, test } from 'vitest'
import type { Environment } from '../define/environment.ts'
import type { JsonObject } from '../json.ts'
import type { Part } from '../parts/part.ts'
import { componentPart, dataPart, servicePart } from '../testing/graph-fixture.ts'
import { checkCredentials } from './check-credentials.ts'

const issuerRef = { kind: 'ClusterIssuer', name: 'bank' }
const vault: Part = { ...componentPart('vault', 'vault'), values: { tls: { issuerRef } } }
const ledger = servicePart('ledger', { postgres: 'books' })
const books = (values: JsonObject = { certificates: { issuerRef } }) => dataPart('books', 'postgres', values)

const check = (parts: readonly Part[], more: Partial<Environment> = {}) => {
  const value = { name: 'dev', rotatedCredentials: ['ledger'], ...more } as Environment
  return checkCredentials(parts, { value, place: { file: 'dev.ts', path: [] } }, ({ file }) => ({
    file,
  })).map(({ code, found, wanted, next }) => ({ code, found, wanted, next }))
}

describe('passwords that a vault rotates', () => {
  test('are fine with a vault and a database that it verifies', () => {
    expect(check([ledger, books(), vault])).toEqual([])
  })
  test('are refused where the environment has a store of its own', () => {
    expect(check([ledger, books(), vault], { secretStore: { kind: 'SecretStore', name: 'bank' } })).toEqual([
      {
        code: 'CREDENTIALS_WITHOUT_VAULT',
        found: '`ledger` gets its password from the vault, and dev has a `secretStore` of its own instead',
        wanted: 'a component of the chart `vault`, and no `secretStore`',
        next: 'add the one or remove the other, or take `ledger` out',
      },
    ])
  })
  test('are refused where another region has another vault', () => {
    const counterpart = { environment: 'east', cidrs: ['10.0.0.0/16'], secretStore: 'pair' }
    expect(check([ledger, books(), vault], { counterpart })).toEqual([
      {
        code: 'CREDENTIALS_REGIONS',
        found:
          '`ledger` gets its password from the vault of dev, and east has another vault and the same users',
        wanted:
          'an environment without `counterpart`: two vaults would each set what the other does not know',
        next: 'take `ledger` out',
      },
    ])
  })
  test('are refused of shards', () => {
    expect(check([ledger, books({ shards: { count: 2 } }), vault])).toEqual([
      {
        code: 'CREDENTIALS_SHARDS',
        found: '`ledger` gets its password from the vault, and `books` is 2 shards',
        wanted: 'a database that is one cluster',
        next: 'take `ledger` out',
      },
    ])
  })
  test('are refused where the vault cannot verify the database', () => {
    const other = books({ certificates: { issuerRef: { kind: 'Issuer', name: 'own' } } })
    expect(check([ledger, other, vault])).toEqual([
      {
        code: 'CREDENTIALS_AUTHORITY',
        found:
          'the certificate of `books` is from {"kind":"Issuer","name":"own"}, and that of `vault` from {"kind":"ClusterIssuer","name":"bank"}',
        wanted: 'one issuer for both: the vault knows no other authority to verify the database by',
        next: 'remove `certificates.issuerRef` of `books`, which then follows',
      },
    ])
  })
})
