import type { Finding } from '@opencore/contract'
import type { DeliveredRelease } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { expect, it } from 'vitest'
import { explainLostEnds } from './explain-lost-ends.ts'

const values = 'network: { callers: [{ flow: "tariffs->customers:tcp", ports: [] }] }'
const make = (name: string, text = '{}') => ({ name, values: text }) as unknown as DeliveredRelease
const side = (...names: string[]) => ({ releases: names.map((name) => make(name)), strangers: [] })
const know = (...names: string[]) =>
  ({
    definition: { name: 'dev' },
    releases: names.map((name) => ({ name })),
  }) as unknown as PlatformEnvironment
const going = {
  environment: know('customers', 'cards'),
  target: 'abcdef012345678',
  then: side('customers', 'cards', 'tariffs'),
  now: side('customers', 'cards'),
  back: [make('customers', values)],
}
const door: Finding = {
  code: 'NETWORK_POLICY_PEER_UNKNOWN',
  severity: 'error',
  at: { file: 'argocd/dev/values/customers.yaml' },
  found: 'a door',
  wanted: '',
  next: 'correct the selector',
}
const nextOf = (more: Partial<typeof going>, finding = door) =>
  explainLostEnds({ ...going, ...more }, [finding]).map(({ next }) => next)
const other = 'a change set of customers without tariffs: opencore history dev customers, then --to'
const why = 'customers of then goes with tariffs, which is not there any more:'

it('says what brings back what ran, where main has no such release any more', () => {
  expect(nextOf({})).toEqual([
    `${why} all of it as it was then, with tariffs: opencore rollback dev --to abcdef012345; or ${other}`,
  ])
})

it('says that it can come again, where main has it', () => {
  expect(nextOf({ environment: know('customers', 'cards', 'tariffs') })[0]).toContain(
    `${why} opencore promote dev tariffs, then this again; or `,
  )
})

it('does not offer the whole where that would delete what is new', () => {
  expect(nextOf({ now: side('customers', 'fees') })).toEqual([`${why} ${other}`])
})

it('leaves what is said of a release that stays, and of an end that was never there', () => {
  const stays = { ...door, at: { file: 'argocd/dev/values/cards.yaml' } }
  expect([...nextOf({}, stays), ...nextOf({ then: side('customers', 'cards') })]).toEqual([
    'correct the selector',
    'correct the selector',
  ])
})
