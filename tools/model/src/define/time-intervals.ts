import type { TimeInterval } from '../parts/time-interval.ts'

const DAY = 24 * 60
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
/** February has 28: a window over its end is not said. */
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Days on which a piece of a window is: all where nothing is said. */
type Days = Pick<TimeInterval, 'weekdays' | 'days_of_month' | 'months'>

/**
 * A window by cron's schedule as Alertmanager's time intervals, which end with the day: a longer window is a piece a day.
 * Nothing where it begins at several times of a day, on days by two conditions, or over the end of a month that is not
 * named. A day on which clocks are changed is as long here as any other.
 */
export function toTimeIntervals(
  schedule: string,
  minutes: number,
  location: string,
): TimeInterval[] | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = schedule.split(' ')
  if (![minute, hour].every((field) => /^\d+$/.test(field)) || minutes <= 0) return undefined
  const fields = {
    day: readNumbers(day, []),
    month: readNumbers(month, ['', ...monthNames]),
    weekday: readNumbers(
      weekday,
      weekdays.map((name) => name.slice(0, 3).toUpperCase()),
    ),
  }
  if (Object.values(fields).includes(undefined)) return undefined
  const start = Number(hour) * 60 + Number(minute)
  const end = start + minutes
  const pieces = Array.from({ length: Math.ceil(end / DAY) }, (_, later) => {
    const times = [
      {
        start_time: clock(Math.max(0, start - later * DAY)),
        end_time: clock(Math.min(DAY, end - later * DAY)),
      },
    ]
    return listDays(fields, later)?.map((days) => ({ times, ...days, location }))
  })
  return pieces.some((piece) => !piece) ? undefined : pieces.flatMap((piece) => piece ?? [])
}

/** The days some days later than those on which a window begins; each entry is an interval of its own. */
function listDays(fields: Readonly<Record<string, number[] | undefined>>, later: number): Days[] | undefined {
  const { day = [], month = [], weekday = [] } = fields
  if (day.length > 0 && weekday.length > 0) return undefined
  if (weekday.length > 0) {
    if (month.length > 0 && later > 0) return undefined
    const names = weekday.map((number) => weekdays[(number + later) % 7] ?? '')
    return [{ weekdays: names, ...(month.length > 0 && { months: month.map(String) }) }]
  }
  if (day.length > 0 && month.length > 0) return listDates(day, month, later)
  if (later > 0 && (day.length > 0 || month.length > 0)) return undefined
  return [
    {
      ...(day.length > 0 && { days_of_month: day.map(String) }),
      ...(month.length > 0 && { months: month.map(String) }),
    },
  ]
}

function listDates(days: readonly number[], months: readonly number[], later: number): Days[] | undefined {
  const dates = months.flatMap((month) => days.map((day) => addDays(month, day, later)))
  if (dates.includes(undefined)) return undefined
  return dates.flatMap((date) =>
    date ? { days_of_month: [String(date.day)], months: [String(date.month)] } : [],
  )
}

function addDays(month: number, day: number, later: number): { month: number; day: number } | undefined {
  const length = monthLengths[month - 1] ?? 0
  const last = day + later
  if (last <= length) return { month, day: last }
  // The end of February, and a date that most years do not have.
  if (month === 2 || day > length) return undefined
  return addDays((month % 12) + 1, 1, last - length - 1)
}

/** Numbers of a field, none for all of them; nothing for steps and what else is no list of numbers, names and ranges. */
function readNumbers(field: string, names: readonly string[]): number[] | undefined {
  if (field === '*') return []
  const read = (text: string) => (/^\d+$/.test(text) ? Number(text) : names.indexOf(text))
  const ranges = field.split(',').map((part) => part.split('-').map(read))
  const isBad = ([first = -1, last = first, ...more]: number[]) =>
    first < 0 || last < first || more.length > 0
  if (ranges.some(isBad)) return undefined
  return ranges.flatMap(([first = 0, last = first]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  )
}

const clock = (minutes: number) =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
