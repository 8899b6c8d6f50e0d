import type { Finding } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { expect, it, vi } from 'vitest'
import { spareStaying } from './spare-staying.ts'

const environment = {
  definition: { name: 'dev' },
  releases: ['accounts', 'customers'].map((name) => ({ name })),
} as unknown as PlatformEnvironment
const names = ['customers', 'old']
const finding = (release: string, found = 'allows whom nobody knows'): Finding => ({
  code: 'NETWORK_POLICY_PEER_UNKNOWN',
  severity: 'error',
  at: { file: `argocd/dev/values/${release}.yaml` },
  found,
  wanted: 'a release',
  next: 'correct the selector',
})
const lacking: Finding = {
  ...finding('customers'),
  code: 'PARTNER_MISSING',
  at: { file: 'env/dev:customers' },
  next: 'opencore promote dev customers ledger',
}
const spare = async (findings: Finding[], before: Finding[]) =>
  (await spareStaying({ environment, names }, findings, () => Promise.resolve(before))).map(
    ({ severity, next }) => `${severity}: ${next}`,
  )

it('warns of what is wrong already with what stays, and says what mends it', async () => {
  const already = [finding('customers'), finding('old'), lacking]
  const words =
    'warning: it is so already, and holds nothing up; to mend it, from main as it is now: opencore promote dev'
  expect(await spare(already, already)).toEqual([`${words} customers`, words, `${words} customers ledger`])
})

it('refuses what becomes wrong, and what is wrong with what changes', async () => {
  const error = 'error: correct the selector'
  expect(await spare([finding('customers', 'new')], [finding('customers')])).toEqual([error])
  expect(await spare([finding('accounts')], [finding('accounts')])).toEqual([error])
})

it('looks at what is there only where that decides', async () => {
  const look = vi.fn(() => Promise.resolve([]))
  await spareStaying({ environment, names }, [finding('accounts')], look)
  expect(look).not.toHaveBeenCalled()
})
