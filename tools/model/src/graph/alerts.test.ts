import { describe, expect, test } from 'vitest'
import { valueAt } from '../read-value.ts'
import { componentPart, dataPart, derivedOf, servicePart } from '../testing/graph-fixture.ts'

const told = componentPart('observability', 'monitoring')
const at = (file: string) => ({ file, path: [] })

describe('every alert says whose it is', () => {
  test.each([
    ['a service', servicePart('ledger', {}), ['prometheusRule']],
    ['Redis', dataPart('cache', 'redis'), ['prometheusRule']],
    ['Kafka', dataPart('events', 'kafka'), ['rules']],
    ['PostgreSQL', dataPart('books', 'postgres'), ['monitoring', 'rules']],
  ])('of %s', (_, part, path) => {
    const { values, places } = derivedOf(part, [part])
    expect(valueAt(values, ...path, 'alertLabels')).toEqual({ team: 'books' })
    expect(places.get([...path, 'alertLabels', 'team'].join('.'))).toEqual(part.team.place)
  })
  test('of a component: it is the platform', () => {
    expect(valueAt(derivedOf(told, [told]).values, 'prometheusRule', 'alertLabels', 'team')).toBe('platform')
  })
  test('of a service that waits for another region, that it does', () => {
    const part = servicePart('ledger', {})
    const { values } = derivedOf(part, [part], undefined, { role: 'standby' })
    expect(valueAt(values, 'prometheusRule', 'alertLabels')).toEqual({ team: 'books', waits: 'true' })
  })
})

describe('whoever tells of alerts', () => {
  test('knows every team, and who hears the rest', () => {
    const teams = [
      { value: { name: 'books', channel: 'books-alerts', pager: true }, place: at('books.ts') },
      { value: { name: 'retail', channel: 'retail-alerts', pager: false }, place: at('retail.ts') },
    ]
    const { values, places } = derivedOf(told, [told], undefined, { alerting: { teams } })
    expect(values).toMatchObject({
      environment: 'dev',
      tier: 'development',
      waits: false,
      team: 'platform',
      teams: { books: { channel: 'books-alerts', pager: true }, retail: { channel: 'retail-alerts' } },
    })
    expect(places.get('teams.retail')).toEqual(at('retail.ts'))
    expect(values).not.toHaveProperty('maintenance')
  })
  test('knows the windows in which nobody is told', () => {
    const intervals = [{ times: [{ start_time: '02:00', end_time: '04:00' }], location: 'UTC' }]
    const maintenance = [{ value: { description: 'Patches', intervals }, place: at('production.ts') }]
    const { values } = derivedOf(told, [told], undefined, { alerting: { maintenance } })
    expect(values['maintenance']).toEqual([{ name: 'window-1', description: 'Patches', intervals }])
  })
  test('knows that its region waits', () => {
    expect(derivedOf(told, [told], undefined, { role: 'stepping-down' }).values['waits']).toBe(true)
  })
  test('has its credentials from the vault, as itself', () => {
    const vault = componentPart('vault', 'vault')
    const { values } = derivedOf(told, [told, vault])
    expect(valueAt(values, 'credentials', 'path')).toBe('services/dev/observability/alertmanager')
    expect(valueAt(values, 'secretStore', 'role')).toBe('observability')
    const clients = valueAt(derivedOf(vault, [told, vault]).values, 'configuration', 'clients')
    expect(clients).toEqual({
      observability: {
        namespace: 'monitoring',
        serviceAccount: 'observability',
        read: ['services/dev/observability'],
      },
    })
  })
  test('has them from nowhere else, where a Secret is there already', () => {
    const own = { ...told, values: { credentials: { secretName: 'own' } } }
    const { values } = derivedOf(own, [own, componentPart('vault', 'vault')])
    expect(values).not.toHaveProperty('credentials')
    expect(values).not.toHaveProperty('secretStore')
  })
})
