import { describe, expect, test } from 'vitest'
import type { Part } from '../parts/part.ts'
import { dataPart, servicePart } from '../testing/graph-fixture.ts'
import { deriveGrants } from './derive-grants.ts'

describe('the users of what services use', () => {
  const grant = (of: Part, ...services: Part[]) => deriveGrants(of, services)

  test('have the rights that each service says, and each of them can be pointed at', () => {
    const roles = { producer: { topics: ['a.events'] }, consumer: { topics: ['b.events'] } }
    const { values, places } = grant(
      dataPart('core', 'kafka'),
      servicePart('accounts', { kafka: { name: 'core', ...roles } }),
      servicePart('loans', { kafka: 'core' }),
      servicePart('cards', { kafka: { name: 'other', ...roles } }),
    )
    expect(values).toEqual({ users: { accounts: roles, loans: {} } })
    expect(places.get('users.accounts.consumer.topics.0')).toEqual({
      file: 'accounts.ts',
      path: ['uses', 'kafka', 'consumer', 'topics', 0],
    })
  })

  test('of Redis have keys, where the release knows users', () => {
    const accounts = servicePart('accounts', {
      redis: { name: 'core', keyspaces: ['cache'], access: 'read' },
    })
    const users = { accounts: { keyspaces: ['cache'], access: 'read' } }
    expect(grant(dataPart('core', 'redis'), accounts).values).toEqual({ acl: { users } })
    expect(grant(dataPart('core', 'redis', { acl: { secretName: 'own' } }), accounts).values).toEqual({})
    expect(grant(dataPart('core', 'redis', { auth: { enabled: false } }), accounts).values).toEqual({})
  })

  test('of a database is its owner alone', () => {
    expect(grant(dataPart('core', 'postgres'), servicePart('accounts', { postgres: 'core' })).values).toEqual(
      {},
    )
  })
})
