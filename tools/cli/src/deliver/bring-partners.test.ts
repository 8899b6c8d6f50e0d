import type { Finding } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { expect, it } from 'vitest'
import { bringPartners } from './bring-partners.ts'

const environment = {
  definition: { name: 'dev' },
  releases: ['fees', 'customers', 'ledger', 'rates'].map((name) => ({ name })),
  flows: [
    { from: 'ledger', to: 'rates' },
    { from: 'ledger', to: 'prometheus' },
  ],
} as unknown as PlatformEnvironment
const around = { root: '', environment, from: undefined, promoted: ['fees'], staying: ['customers'] }
const finding = (code: string, file: string, found: string): Finding => ({
  code,
  severity: 'error',
  at: { file },
  found,
  wanted: '',
  next: 'as the rule has it',
})
const missing = finding('PARTNER_MISSING', 'env/dev:fees', 'fees calls ledger, which is not on the ref yet')
const closed = finding(
  'FLOW_BLOCKED',
  'argocd/dev/values/customers.yaml',
  'flow fees -> customers TCP 8080 is blocked',
)
const other = finding('QUOTA_EXCEEDED', 'argocd/dev/values/foundation.yaml', 'too much')
const quiet = () => undefined
const nextOf = async (...args: Parameters<typeof bringPartners>) =>
  (await bringPartners(...args)).map(({ at, next }) => `${at.file}: ${next}`)

it('names every partner in one command, with what these call in turn, and leaves the rest', async () => {
  const command = 'opencore promote dev fees customers ledger rates'
  expect(await nextOf(around, [missing, closed, other], quiet)).toEqual([
    `env/dev:fees: ${command}`,
    `env/dev:customers: ${command}`,
    'argocd/dev/values/foundation.yaml: as the rule has it',
  ])
})

it.each(['smtp.example.com', 'prod-eu-central-1'])('takes %s for no release', async (to) => {
  const host = { ...missing, found: `fees calls ${to}, which the sources do not know` }
  expect(await nextOf(around, [host, closed], quiet)).toEqual([
    'env/dev:fees: as the rule has it',
    'env/dev:customers: opencore promote dev fees customers',
  ])
})

it('takes them from where the others come', async () => {
  expect(await nextOf({ ...around, from: 'staging' }, [closed], quiet)).toEqual([
    'env/dev:customers: opencore promote dev fees customers --from staging',
  ])
})

it('says of what the sources do not have any more that it goes by no name', async () => {
  const gone = { ...around, promoted: ['customers'], staying: ['old'] }
  const asks = { ...closed, found: 'flow old -> customers TCP 8080 is blocked' }
  expect(await nextOf(gone, [asks], quiet)).toEqual([
    'argocd/dev/values/customers.yaml: opencore promote dev',
  ])
})

it('leaves what is only warned of: it asks for nobody', async () => {
  const warned = { ...closed, severity: 'warning' as const }
  expect(await nextOf(around, [missing, warned], quiet)).toEqual([
    'env/dev:fees: opencore promote dev fees ledger rates',
    'argocd/dev/values/customers.yaml: as the rule has it',
  ])
})
