import type { SyncWindow } from '@opencore/model'
import { expect, test } from 'vitest'
import { explainClosing, isManual, listClosing } from './check-windows.ts'

const now = new Date('2026-12-31T12:00:00Z')
const window = (more: Partial<SyncWindow>): SyncWindow => ({
  kind: 'deny',
  schedule: '0 18 30 12 *',
  duration: '86h',
  timeZone: 'Europe/Madrid',
  manualSync: false,
  description: 'year-end closing',
  ...more,
})
const open = window({})
const later = window({ schedule: '0 18 30 1 *', description: 'another' })
const allowNow = window({ kind: 'allow', description: 'allowed' })
const allowLater = window({ kind: 'allow', schedule: '0 0 1 6 *', description: 'in June' })

test.each<[string, SyncWindow[], SyncWindow[]]>([
  ['nothing', [], []],
  ['a window that denies', [open, later], [open]],
  ['a window that denies, also where one allows', [open, allowNow], [open]],
  ['no window that denies at another time', [later], []],
  ['each window that allows at another time only', [later, allowLater], [allowLater]],
  ['no window that allows, where one is open', [allowNow, allowLater], []],
])('%s keeps Argo CD from syncing', (_, windows, closing) => {
  expect(listClosing(windows, now)).toEqual(closing)
})

test('people may sync where every window that closes says so', () => {
  const manual = window({ manualSync: true })
  expect([isManual([manual]), isManual([manual, open])]).toEqual([true, false])
})

test('a closed window says until when, and why', () => {
  expect(explainClosing('env/prod', [open], now)).toEqual([
    {
      code: 'SYNC_WINDOW_CLOSED',
      severity: 'error',
      at: { file: 'env/prod' },
      found: 'nothing may be synced until 2027-01-03 07:00 UTC: year-end closing',
      wanted: 'a time in which Argo CD may sync, or a window in which people may (`manualSync`)',
      next: 'wait; what the tier says of its windows is changed by a merge to main',
    },
  ])
  expect(explainClosing('env/prod', [allowLater], now)[0]?.found).toContain('until 2027-05-31 22:00 UTC')
})
