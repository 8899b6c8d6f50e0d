import { Cron } from 'croner'
import * as z from 'zod'
import type { TimeInterval } from '../parts/time-interval.ts'
import { toTimeIntervals } from './time-intervals.ts'

// Argo CD does not refuse what it cannot read: a project with a schedule or duration that it cannot parse syncs nothing
// any more, and an unknown time zone is UTC, with a line in its log (argo-cd v3.6.1, types.go, scheduleOffsetByTimeZone).

const scheduleSchema = z.string().refine(isSchedule, {
  error: 'a cron expression of five fields, such as `0 18 30 12 *`',
})
const durationSchema = z.string().refine((text) => readDuration(text) !== undefined, {
  error: 'hours and minutes, such as `62h` or `1h30m`',
})
const timeZoneSchema = z.string().refine(isTimeZone, {
  error: 'the IANA name of a time zone, such as `Europe/Madrid`',
})

const windowSchema = z.strictObject({
  kind: z.enum(['allow', 'deny']),
  /** Start of the window, as a cron expression of five fields. */
  schedule: scheduleSchema,
  /** How long it lasts, such as `62h`. */
  duration: durationSchema,
  /** IANA name of the zone that the schedule is read in. */
  timeZone: timeZoneSchema,
  /** Whether a person may sync inside the window. */
  manualSync: z.boolean(),
  /** Why it is there. */
  description: z.string(),
  /** Nobody is told of alerts meanwhile: planned work, in which services may be away. */
  mutesAlerts: z.literal(true).exactOptional(),
})

export const syncWindowSchema = windowSchema.refine((window) => !window.mutesAlerts || intervalsOf(window), {
  path: ['schedule'],
  error:
    'for `mutesAlerts` one time of a day, such as `0 2 * * 0`, without steps, and over midnight on days of the week or dates of a month',
})

/** A time in which Argo CD may or may not sync. */
export type SyncWindow = z.infer<typeof windowSchema>

/** The same window as Alertmanager has it; nothing where that cannot be said there. */
export function intervalsOf({ schedule, duration, timeZone }: SyncWindow): TimeInterval[] | undefined {
  return toTimeIntervals(schedule, (readDuration(duration) ?? 0) / 60_000, timeZone)
}

/** Whether a window is open at a moment, as Argo CD asks it (`active` of its SyncWindows): it began within its duration. */
export function isActive({ schedule, duration, timeZone }: SyncWindow, now: Date): boolean {
  const begin = nextBegin(schedule, timeZone, new Date(now.getTime() - (readDuration(duration) ?? 0)))
  return begin !== undefined && begin < now
}

/** When a window that is open ends, or one that is not begins; nothing where neither ever happens. */
export function nextChange(window: SyncWindow, now: Date): Date | undefined {
  const { schedule, duration, timeZone } = window
  const length = readDuration(duration) ?? 0
  if (!isActive(window, now)) return nextBegin(schedule, timeZone, now)
  const begin = nextBegin(schedule, timeZone, new Date(now.getTime() - length))
  return begin && new Date(begin.getTime() + length)
}

function nextBegin(schedule: string, timeZone: string, after: Date): Date | undefined {
  return new Cron(schedule, { timezone: timeZone, mode: '5-part' }).nextRun(after) ?? undefined
}

/** Argo CD's parser (robfig/cron) knows no `@daily`, `L`, `W` or `#`, and Sunday as 0 alone. */
const common = /^[\d*,/-]+ [\d*,/-]+ [\d*,/-]+ (?:[\d*,/-]|[A-Z]{3})+ (?:[0-6*,/-]|[A-Z]{3})+$/

function isSchedule(text: string): boolean {
  if (!common.test(text)) return false
  try {
    new Cron(text, { mode: '5-part' })
    return true
  } catch {
    return false
  }
}

/** Milliseconds. */
function readDuration(text: string): number | undefined {
  const [, hours, minutes] = /^(?=.)(?:(\d+)h)?(?:(\d+)m)?$/.exec(text) ?? []
  if (hours === undefined && minutes === undefined) return undefined
  return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
}

/** A millisecond each to ask for, by every window of every environment. */
const timeZones = new Map<string, boolean>()

function isTimeZone(name: string): boolean {
  const known = timeZones.get(name) ?? hasTimeZone(name)
  timeZones.set(name, known)
  return known
}

function hasTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
