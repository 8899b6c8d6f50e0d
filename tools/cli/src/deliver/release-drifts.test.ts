import { expect, it } from 'vitest'
import { releaseDrifts } from './release-drifts.ts'

const environment = { definition: { name: 'dev' }, releases: [{ name: 'ledger' }] }

it('names what puts it right: a promotion of it, or of everything where the sources have none of that name', () => {
  expect(releaseDrifts(environment, 'ledger', 'it has no record')).toEqual({
    code: 'RELEASE_DRIFTS',
    severity: 'error',
    at: { file: 'env/dev:ledger' },
    found: 'somebody changed it by hand: it has no record',
    wanted: 'a release that was promoted, before anything is signed on top of it',
    next: 'opencore history dev ledger says who did; then: opencore promote dev ledger',
  })
  expect(releaseDrifts(environment, 'old-ledger', 'it has no record').next).toBe(
    'opencore history dev old-ledger says who did; the sources have none of that name, and it goes with everything else as they have it: opencore promote dev',
  )
})

it('has nothing of a hostile name that a terminal or a shell would take for more', () => {
  const { at, next } = releaseDrifts(environment, '\u001b[2J\n$(id)', '')
  expect(at.file).toBe('env/dev:?[2J?$(id)')
  expect(next).toContain("opencore history dev '?[2J?$(id)' says")
})
