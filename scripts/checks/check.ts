/** One of the things that `npm test` runs. */
export interface Check {
  name: string
  run: () => Promise<Outcome>
}

/** What came of a check, in tests where it has any. */
export interface Outcome {
  passed: number
  failed: number
  skipped: number
  /** Each failure in a few lines, said again at the end, where a long run is read first. */
  failures: string[]
}

export type Counts = Pick<Outcome, 'passed' | 'failed'>

/** A check that has no tests to count: one that passed, or one that failed with what it said. */
export function countAsOne(passed: boolean, said: string): Outcome {
  return passed
    ? { passed: 1, failed: 0, skipped: 0, failures: [] }
    : { passed: 0, failed: 1, skipped: 0, failures: [said] }
}

/** The last `count` lines of a text, for what would not fit at the end of a run. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
