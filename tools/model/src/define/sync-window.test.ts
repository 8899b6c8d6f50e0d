import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isActive, nextChange, syncWindowSchema, type SyncWindow } from './sync-window.ts'

/** Year-end closing in Madrid, which is one hour ahead of UTC in winter. */
const closing: SyncWindow = {
  kind: 'deny',
  schedule: '0 18 30 12 *',
  duration: '86h',
  timeZone: 'Europe/Madrid',
  manualSync: true,
  description: 'year-end closing',
}

describe('a sync window', () => {
  test('is open from its beginning, in its time zone, for its duration', () => {
    const at = (moment: string) => isActive(closing, new Date(moment))
    expect(at('2026-12-30T16:59:59Z')).toBe(false)
    expect(at('2026-12-30T17:00:01Z')).toBe(true)
    expect(at('2027-01-03T06:59:59Z')).toBe(true)
    expect(at('2027-01-03T07:00:01Z')).toBe(false)
  })

  test('says when it ends or begins', () => {
    const at = (moment: string) => nextChange(closing, new Date(moment))?.toISOString()
    expect(at('2026-11-28T12:00:00Z')).toBe('2026-12-30T17:00:00.000Z')
    expect(at('2026-12-31T12:00:00Z')).toBe('2027-01-03T07:00:00.000Z')
  })

  test('that a day of the month or of the week begins is open on both, as cron has it', () => {
    const either = { ...closing, schedule: '0 0 1 * 5', duration: '24h', timeZone: 'UTC' }
    expect(isActive(either, new Date('2026-12-01T12:00:00Z'))).toBe(true)
    expect(isActive(either, new Date('2026-12-04T12:00:00Z'))).toBe(true)
    expect(isActive(either, new Date('2026-12-05T12:00:00Z'))).toBe(false)
  })

  test('changes when it says so', () => {
    const minutes = fc.integer({ min: 1, max: 6000 })
    const moment = fc.date({ min: new Date('2025-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(minutes, moment, fc.integer({ min: 0, max: 23 }), (length, now, hour) => {
        const window = { ...closing, schedule: `0 ${hour} * * 1`, duration: `${length}m`, timeZone: 'UTC' }
        const change = nextChange(window, now)
        const later = new Date((change ?? now).getTime() + 1000)
        const earlier = new Date((change ?? now).getTime() - 1000)
        expect(isActive(window, later)).not.toBe(isActive(window, now))
        if (earlier > now) expect(isActive(window, earlier)).toBe(isActive(window, now))
      }),
    )
  })
})

test.each(['0 18 30 12 *', '*/15 0-6 1,15 JAN MON-FRI'])('a window may begin at `%s`', (schedule) => {
  expect(syncWindowSchema.safeParse({ ...closing, schedule }).success).toBe(true)
})

test.each([
  ['schedule', '@daily'],
  ['schedule', '0 0 18 30 12 *'],
  ['schedule', '0 25 * * *'],
  ['schedule', '0 18 L * *'],
  ['schedule', '0 18 * * 7'],
  ['duration', '3 days'],
  ['duration', ''],
  ['timeZone', 'Europe/Nowhere'],
])('a window whose %s is %j is refused', (key, value) => {
  expect(syncWindowSchema.safeParse({ ...closing, [key]: value }).success).toBe(false)
})
