import type { DeliveredEnvironment, EnvironmentUpdate } from '@opencore/delivery'
import { expect, test } from 'vitest'
import { describeBack } from './describe-back.ts'

const release = (name: string, drift?: string) => ({
  name,
  manifests: '',
  values: '',
  files: [],
  ...(drift !== undefined && { drift }),
})
const before: DeliveredEnvironment = {
  commit: 'a',
  releases: [release('cards'), release('ledger')],
  strangers: [],
}
const byHand = { ...before, releases: [release('cards'), release('ledger', 'it has no record')] }
const update = (changed: string[], removed: string[] = []): EnvironmentUpdate => ({
  files: [],
  changed,
  removed,
})

test.each<[string, DeliveredEnvironment, EnvironmentUpdate, boolean, string | undefined]>([
  ['a change of one release', before, update(['cards']), false, 'opencore rollback dev cards'],
  ['one of two', before, update(['cards', 'ledger']), false, 'opencore rollback dev'],
  ['a change beside a file of nobody', before, update(['cards'], ['x']), false, 'opencore rollback dev'],
  ['a removal, after which nothing would list it', before, update([], ['ledger']), false, undefined],
  ['a removal beside a change', before, update(['cards'], ['ledger']), false, undefined],
  ['what is new, which going back would delete', before, update(['cards', 'fees']), false, undefined],
  ['a first promotion', { releases: [], strangers: [] }, update(['cards']), false, undefined],
  ['what somebody had changed by hand', byHand, update(['ledger']), false, undefined],
  ['a head that Argo CD does not take', before, update(['cards']), true, undefined],
  ['files of nobody alone', { ...before, strangers: ['x'] }, update([], ['x']), false, undefined],
])('after %s, the way back is what really works', (_, there, coming, isRefused, back) => {
  expect(describeBack('dev', there, coming, isRefused)).toBe(back)
})
