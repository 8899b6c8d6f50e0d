import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { planListing } from './plan-listing.ts'
import type { Refs } from './open-refs.ts'

const assembled = assemblePlatform(await readTree(join(import.meta.dirname, '../../../model/fixtures/tree')))
if (!assembled.ok) throw new Error('the tree is sound')
const platform = assembled.value
const [environment] = platform.environments
if (environment === undefined) throw new Error('the tree has an environment')

/** A repository without any ref. */
const refs: Refs = {
  repository: { folder: import.meta.dirname },
  look: () => Promise.resolve(undefined),
  move: () => Promise.resolve(),
}
const promotion = {
  root: '',
  platform,
  environment,
  releases: ['gone'],
  from: 'live',
  allowSkip: undefined,
  dryRun: true,
  pullRequest: false,
}

it('refuses what another environment runs and this commit does not have: no Application would read it', async () => {
  const { name } = environment.definition
  expect(await planListing(promotion, refs, ['gone'])).toMatchObject({
    ok: false,
    findings: [
      {
        code: 'HUB_BEHIND',
        found: `${name} has no Application of gone, and this commit, of which the hub's objects come, has none either`,
        wanted: 'a release that somebody reads, once it is there',
        next: `define it for ${name} here, too; or leave it out`,
      },
    ],
  })
})

it('says of an environment that nothing was promoted to that it comes as a whole first, and names a few', async () => {
  const { name } = environment.definition
  const names = environment.releases.map((release) => release.name).slice(0, 5)
  expect(names).toHaveLength(5)
  expect(await planListing(promotion, refs, names)).toMatchObject({
    ok: false,
    findings: [
      {
        code: 'HUB_BEHIND',
        found: `nothing was promoted to ${name} yet, and so it has no Application of ${names.slice(0, 3).join(', ')} and 2 more`,
        wanted: 'an environment as a whole first, with its namespaces and its projects',
        next: `opencore promote ${name}: without names, the hub follows`,
      },
    ],
  })
})
