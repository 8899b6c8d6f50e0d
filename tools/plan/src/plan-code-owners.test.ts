import { join } from 'node:path'
import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { expect, test } from 'vitest'
import { planCodeOwners } from './plan-code-owners.ts'
import { printRefOwners } from './print-ref-owners.ts'

const assembled = assemblePlatform(await readTree(join(import.meta.dirname, '../../model/fixtures/tree')))
if (!assembled.ok) throw new Error('the tree is sound')
const platform = assembled.value

const linesOf = (from: typeof platform) =>
  planCodeOwners(from)
    .text.split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

/** As a git host reads it: the last pattern that matches a path names its owner. */
function ownerOf(path: string): string | undefined {
  const match = linesOf(platform).findLast((line) => {
    const pattern = line.slice(0, line.lastIndexOf(' ')).replace(/^\//, '')
    return pattern === '*' || new RegExp(`^${pattern.replace('*', '[^/]+')}$`).test(path)
  })
  return match?.slice(match.lastIndexOf(' ') + 1)
}

test.each([
  ['environments/services/ledger.ts', '@example/platform'],
  ['environments/data/ledger-db.ts', '@example/platform'],
  ['environments/images/ledger.yaml', '@example/books'],
  ['environments/images/accounts.yaml', '@example/retail'],
  ['environments/dev/overrides/ledger.yaml', '@example/books'],
  ['argocd/live/values/ledger-db.yaml', '@example/books'],
  ['environments/dev/overrides/accounts.yaml', '@example/retail'],
  ['argocd/live/values/cache.yaml', '@example/retail'],
  ['argocd/live/values/foundation.yaml', '@example/platform'],
  ['environments/dev/overrides/foundation.yaml', '@example/platform'],
  ['argocd/live/projects/services.yaml', '@example/platform'],
  ['environments/teams/books.ts', '@example/platform'],
  ['environments/tiers/production.ts', '@example/platform'],
  ['.github/CODEOWNERS', '@example/platform'],
  ['charts/service/values.schema.yaml', '@example/platform'],
])('%s is approved by %s', (path, owner) => {
  expect(ownerOf(path)).toBe(owner)
})

test('on a ref a release is approved by its team or the platform, and the rest by the platform alone', () => {
  expect(printRefOwners(platform, ['accounts', 'cache', 'foundation'])).toBe(
    [
      '# Written by `opencore promote`: who approves a promotion. Do not edit.',
      '* @example/platform',
      '/accounts/ @example/retail @example/platform',
      '/cache/ @example/retail @example/platform',
      '',
    ].join('\n'),
  )
  expect(printRefOwners(platform, [])).toMatch(/\n\* @example\/platform\n$/)
})
