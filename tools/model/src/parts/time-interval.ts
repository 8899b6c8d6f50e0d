/** A time that comes again, as Alertmanager's configuration has it; all of its conditions hold. */
export interface TimeInterval {
  /** On one day; `24:00` is its end. */
  times: { start_time: string; end_time: string }[]
  weekdays?: string[]
  days_of_month?: string[]
  months?: string[]
  /** IANA name of a time zone. */
  location: string
}
