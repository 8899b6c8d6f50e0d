import { join } from 'node:path'
import { formatPosition } from '@opencore/contract'
import { expect, test } from 'vitest'
import { assemblePlatform } from '../assemble/assemble-platform.ts'
import { readTree } from '../testing/read-tree.ts'
import { findOwnValues, locateNamedValue } from './locate-named-value.ts'

const platform = assemblePlatform(await readTree(join(import.meta.dirname, '../../fixtures/tree')))

test.each([
  [
    'the value at its start',
    'env.LOG_LEVEL is set; want none',
    'environments/dev/overrides/accounts.yaml:2:3',
  ],
  [
    'the first value that a layer set',
    'port is 8080, and resources.limits.memory 3Gi is less; want more',
    'environments/services/accounts.ts:11:28',
  ],
  [
    'the first value that was set for the release alone',
    'replicas 1 with resources.limits.memory 3Gi is less; want more',
    'environments/services/accounts.ts:11:28',
  ],
  [
    'what is around a value that nobody set',
    'resources.requests.cpu is empty',
    'environments/services/accounts.ts:11:5',
  ],
  ['the release where no layer speaks of it', 'port is 8080', 'environments/services/accounts.ts:9:3'],
  ['the release where no value is named', 'the name is too long', 'environments/services/accounts.ts:9:3'],
])('a message of a chart leads to %s', (_title, message, position) => {
  const { release, locate } = findAccounts()
  expect(formatPosition(locateNamedValue(release, message, locate))).toBe(position)
})

test.each([
  ['a value of the team', ['env', 'LOG_LEVEL'], true],
  ['a value of the service', ['image', 'tag'], true],
  ['a value of the tier', ['replicas'], false],
  ['a default of the chart', ['port'], false],
])('%s is one of the release alone: %j %s', (_title, path, expected) => {
  expect(findOwnValues(findAccounts().release)(path)).toBe(expected)
})

function findAccounts() {
  if (!platform.ok) throw new Error('the fixture is not a platform')
  const { environments, locate } = platform.value
  const release = environments
    .find(({ definition }) => definition.name === 'dev')
    ?.releases.find(({ name }) => name === 'accounts')
  if (!release) throw new Error('the fixture has no such release')
  return { release, locate }
}
