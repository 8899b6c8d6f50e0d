import type { Report } from './report.ts'

/** Between two passing lines where each stays in the log. */
const MILLISECONDS = 10_000

/** For a log, where every line stays: of those that only say how far it came, one every ten seconds. */
export function sparePassing(show: (line: string) => void, now: () => number = Date.now): Report {
  let last = -Infinity
  return (line, passing) => {
    if (passing && now() < last + MILLISECONDS) return
    if (passing) last = now()
    show(line)
  }
}

/** For a terminal, where the last text takes the place of the one before: a passing line leaves the lasting one above it. */
export function keepLasting(show: (text: string) => void): Report {
  let lasting = ''
  return (line, passing) => {
    if (!passing) lasting = line
    show(passing && lasting !== '' ? `${lasting}\n${line}` : line)
  }
}
