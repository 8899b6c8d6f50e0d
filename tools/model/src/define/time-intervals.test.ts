import { describe, expect, test } from 'vitest'
import type { TimeInterval } from '../parts/time-interval.ts'
import { intervalsOf, isActive, syncWindowSchema, type SyncWindow } from './sync-window.ts'

const window = (schedule: string, duration: string, timeZone = 'Europe/Madrid'): SyncWindow => ({
  ...{ kind: 'allow', schedule, duration, timeZone, manualSync: true, description: 'patches' },
  mutesAlerts: true,
})

describe('a window as Alertmanager has it', () => {
  test('is a piece a day', () => {
    const day = (day: string, month: string, start_time = '00:00', end_time = '24:00') => ({
      ...{ times: [{ start_time, end_time }], days_of_month: [day], months: [month] },
      location: 'Europe/Madrid',
    })
    expect(intervalsOf(window('0 18 30 12 *', '86h'))).toEqual([
      day('30', '12', '18:00'),
      day('31', '12'),
      day('1', '1'),
      day('2', '1'),
      day('3', '1', '00:00', '08:00'),
    ])
  })
  test('goes from the end of a week to its beginning', () => {
    expect(intervalsOf(window('30 23 * * SAT', '1h'))).toEqual([
      {
        times: [{ start_time: '23:30', end_time: '24:00' }],
        weekdays: ['saturday'],
        location: 'Europe/Madrid',
      },
      {
        times: [{ start_time: '00:00', end_time: '00:30' }],
        weekdays: ['sunday'],
        location: 'Europe/Madrid',
      },
    ])
  })
  // Days on which clocks change are left out: there a window ends at another time of the clock.
  test.each([
    window('0 18 30 12 *', '86h'),
    window('30 23 * * 5-6', '25h30m'),
    window('0 2 * * 0', '2h'),
    window('15 1 * * *', '23h30m', 'UTC'),
    window('0 22 15,31 JAN,MAR *', '4h', 'Asia/Tokyo'),
    window('0 3 1 * *', '1h', 'UTC'),
    window('0 3 * 2 *', '1h', 'UTC'),
  ])('$schedule for $duration is open when Argo CD has it open', (one) => {
    const intervals = intervalsOf(one) ?? []
    const start = Date.UTC(2026, 0, 1, 12, 7, 30)
    const wrong: string[] = []
    for (let minutes = 0; minutes < 400 * 24 * 60; minutes += 1511) {
      const moment = new Date(start + minutes * 60_000)
      if (changesClocks(moment)) continue
      if (isActive(one, moment) !== intervals.some((interval) => isIn(interval, moment)))
        wrong.push(moment.toISOString())
    }
    expect(wrong).toEqual([])
  })
})

test.each([
  ['every hour', window('0 * * * *', '10m')],
  ['at two times of a day', window('0 2,14 * * *', '1h')],
  ['by steps', window('0 2 */2 * *', '1h')],
  ['on days by two conditions', window('0 2 1 * 5', '1h')],
  ['over the end of any month', window('0 23 31 * *', '2h')],
  ['over the end of February', window('0 23 28 2 *', '2h')],
  ['for no time', window('0 2 * * *', '0h')],
])('a window %s mutes no alerts', (_, one) => {
  const read = syncWindowSchema.safeParse(one)
  expect(read.error?.issues.map(({ path, message }) => [path, message])).toEqual([
    [['schedule'], expect.stringMatching(/^for `mutesAlerts` one time of a day/)],
  ])
  expect(syncWindowSchema.safeParse({ ...one, mutesAlerts: undefined }).success).toBe(false)
  const { mutesAlerts, ...loud } = one
  expect([mutesAlerts, syncWindowSchema.safeParse(loud).success]).toEqual([true, true])
})

/** In Madrid, and the day after. */
const changesClocks = (moment: Date) =>
  ['03-28', '03-29', '03-30', '10-24', '10-25', '10-26'].includes(moment.toISOString().slice(5, 10))

function isIn({ times, weekdays, days_of_month, months, location }: TimeInterval, moment: Date): boolean {
  const parts = formatterOf(location).formatToParts(moment)
  const {
    weekday = '',
    day = '',
    month = '',
    hour,
    minute,
  } = Object.fromEntries(parts.map(({ type, value }) => [type, value])) as Record<string, string>
  const clock = `${hour}:${minute}`
  return (
    times.some(({ start_time, end_time }) => start_time <= clock && clock < end_time) &&
    (weekdays?.includes(weekday.toLowerCase()) ?? true) &&
    (days_of_month?.includes(day) ?? true) &&
    (months?.includes(month) ?? true)
  )
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** It takes a millisecond to make one. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known =
    formatters.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      ...({ timeZone, weekday: 'long', day: 'numeric', month: 'numeric' } as const),
      ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
    })
  formatters.set(timeZone, known)
  return known
}
