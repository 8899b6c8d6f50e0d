import type { Report } from './report.ts'

/** Between two lines: often enough to see that it goes on, seldom enough for a log. */
const MILLISECONDS = 3000

/** Say how many of many are done, every few seconds: `400 of 1,623 cases linted`. */
export function reportProgress(
  report: Report,
  what: string,
  total: number,
  now: () => number = Date.now,
): (done: number) => void {
  let last = now()
  return (done) => {
    if (now() - last < MILLISECONDS) return
    last = now()
    report(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${what}`, 'passing')
  }
}
