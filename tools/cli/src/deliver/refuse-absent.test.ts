import { formatFinding, type FindingsError } from '@opencore/contract/findings'
import type { DeliveredEnvironment } from '@opencore/delivery'
import { expect, it } from 'vitest'
import type { Promotion } from './promotion.ts'
import { refuseAbsent } from './refuse-absent.ts'

const environment = (name: string, ...releases: string[]) => ({
  definition: { name },
  releases: releases.map((release) => ({ name: release })),
})
const [dev, staging] = [environment('dev', 'cards', 'fees'), environment('staging', 'cards')]
const fees = { name: 'fees', team: 'payments', place: { file: 'environments/services/fees.ts', path: [] } }

/** What is said of names that are promoted, where these releases are on the ref. */
function refusalOf(target: object, names: readonly string[], there: readonly string[], from?: string) {
  const platform = { environments: [dev, staging], owned: [fees] }
  const promotion = { platform, environment: target, releases: names, from } as unknown as Promotion
  const before = { releases: there.map((name) => ({ name })) } as unknown as DeliveredEnvironment
  try {
    refuseAbsent(promotion, before)
  } catch (error) {
    return (error as FindingsError).findings.map(formatFinding)
  }
  return []
}

it('says of what is gone from the sources that it goes by no name', () => {
  expect(refusalOf(dev, ['old'], ['cards', 'old'])).toEqual([
    [
      'env/dev:old: old is gone from the sources  [RELEASE_GONE]',
      '  want  a release that the sources have; what they do not have any more goes with everything',
      '  next  opencore promote dev',
    ].join('\n'),
  ])
})

it('says of what is limited to another environment where that is said', () => {
  expect(refusalOf(staging, ['fees'], ['cards'])).toEqual([
    [
      'environments/services/fees.ts: `fees` is limited to dev, and not in staging  [RELEASE_ABSENT]',
      '  want  a release that is in staging',
      "  next  add 'staging' to `environments` in environments/services/fees.ts, then: opencore generate, and merge that",
    ].join('\n'),
  ])
  expect(refusalOf(staging, ['fees'], ['fees'])).toEqual([
    expect.stringContaining('next  opencore promote staging: without names, what is not in it any more goes'),
  ])
})

it('leaves typos, what is there, and what comes from another environment', () => {
  expect(refusalOf(dev, ['acounts', 'cards'], ['cards'])).toEqual([])
  expect(refusalOf(dev, ['old'], ['old'], 'staging')).toEqual([])
})
