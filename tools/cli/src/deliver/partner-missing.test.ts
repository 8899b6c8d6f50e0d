import type { PlatformEnvironment } from '@opencore/model'
import { expect, it } from 'vitest'
import { partnerMissing } from './partner-missing.ts'

const environment = {
  definition: { name: 'dev' },
  releases: ['fees', 'ledger'].map((name) => ({ name })),
} as unknown as PlatformEnvironment
const say = (from: string, to: string) => {
  const { code, at, found, wanted, next } = partnerMissing(environment, from, to)
  return [`${at.file}: ${found}  [${code}]`, wanted, next]
}

it('brings a partner that the sources have', () => {
  expect(say('fees', 'ledger')).toEqual([
    'env/dev:fees: fees calls ledger, which is not on the ref yet  [PARTNER_MISSING]',
    'what a release calls there before it, or with it',
    'opencore promote dev fees ledger',
  ])
})

it.each(['smtp.example.com', 'prod-eu-central-1', 'gone'])(
  'brings the caller anew where it calls %s',
  (to) => {
    expect(say('fees', to)).toEqual([
      `env/dev:fees: fees calls ${to}, which the sources do not know  [PARTNER_MISSING]`,
      'calls that the sources have, too',
      'opencore promote dev fees',
    ])
  },
)

it('names nothing where the caller itself has gone', () => {
  expect(say('old', 'ledger')[2]).toBe('opencore promote dev')
})

it('says nothing that a terminal obeys', () => {
  expect(say('fees', 'a\u001b[2J\n  next  rm')[0]).toBe(
    'env/dev:fees: fees calls a?[2J?  next  rm, which the sources do not know  [PARTNER_MISSING]',
  )
})
