import { formatFinding } from '@opencore/contract/findings'
import { expect, test } from 'vitest'
import type { Environment } from '../define/environment.ts'
import { checkRegions } from './check-regions.ts'
import type { PlatformEnvironment } from './platform.ts'

/** What is said of a region of this role whose database takes `primary` for the one that takes writes. */
function check(role: Environment['role'], primary: string): string[] {
  const release = { name: 'ledger-db', chart: { name: 'postgres' }, layers: [] }
  const values = { regions: { self: 'west', primary } }
  const environment = { definition: { name: 'prod-west', role }, releases: [{ ...release, values }] }
  return checkRegions(environment as unknown as PlatformEnvironment, ({ file }) => ({ file })).map(
    formatFinding,
  )
}

test.each([
  ['active', 'west'],
  ['stepping-down', 'east'],
  ['standby', 'east'],
] as const)('a region that is %s, where %s takes writes', (role, primary) => {
  expect(check(role, primary)).toEqual([])
})

test('services where the databases are not', () => {
  expect(check('active', 'east')).toMatchInlineSnapshot(`
    [
      "environments: \`ledger-db\` takes no writes in prod-west, which is active  [REGION_WRITES]
      want  services where their databases are primary
      next  follow docs/moving-production.md, one commit for each step",
    ]
  `)
})

test('a second primary', () => {
  expect(check('standby', 'west')).toMatchInlineSnapshot(`
    [
      "environments: \`ledger-db\` takes writes in prod-west, which is standby  [REGION_WRITES]
      want  writes in the region that serves alone: another that takes them goes its own way, and one of the two is lost
      next  follow docs/moving-production.md, one commit for each step",
    ]
  `)
})

test('a region that steps down without its databases', () => {
  expect(check('stepping-down', 'west')).toMatchInlineSnapshot(`
    [
      "environments: \`ledger-db\` takes writes in prod-west, which is stepping-down  [REGION_WRITES]
      want  writes in the region that serves alone: another that takes them goes its own way, and one of the two is lost
      next  follow docs/moving-production.md, one commit for each step",
    ]
  `)
})
