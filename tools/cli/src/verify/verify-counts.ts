/** What was looked at: numbers for the summary. */
export interface VerifyCounts {
  environments: number
  releases: number
  objects: number
  /** Objects that no API server can be asked about, by the name of the unreachable API source. */
  skipped: Readonly<Record<string, number>>
  /** Objects that an API server was asked about in this run, and those an earlier run had asked about. */
  judged: { asked: number; cached: number }
  rules: number
  tests: { passed: number; failed: number }
  cases: { passed: number; failed: number; cached: number }
}
