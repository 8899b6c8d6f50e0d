import type { PlatformEnvironment } from '@opencore/model'
import { expect, test } from 'vitest'
import { tellUnlisted } from './tell-unlisted.ts'

const environment = {
  definition: { name: 'dev' },
  tier: { delivery: { hub: 'nonproduction' } },
  releases: [{ name: 'quotes' }],
} as unknown as PlatformEnvironment

test.each([
  [
    ['quotes'],
    'hub/nonproduction: dev has no Application of quotes, so nothing syncs it; to list it as it is there then: opencore promote dev quotes --from dev',
  ],
  [
    ['quotes', 'gone'],
    'hub/nonproduction: dev has no Application of quotes and gone, so nothing syncs it; this commit does not define gone for dev either: define it there again and merge, then: opencore promote dev quotes gone --from dev',
  ],
])('of %j, what lists it leaves it as it went back to', (releases, line) => {
  expect(tellUnlisted(environment, releases)).toBe(line)
})
