import type { VerifyCounts } from './verify-counts.ts'

/** What `verify` looked at, as one line. */
export function formatCounts({
  environments,
  releases,
  objects,
  skipped,
  judged,
  rules,
  tests,
  cases,
}: VerifyCounts): string {
  return [
    `${releases} releases in ${environments} environments`,
    `${objects} objects judged (${judged.cached} known)`,
    ...Object.entries(skipped).map(
      ([source, count]) => `skipped: ${source} unreachable (${count} objects not judged)`,
    ),
    `${rules} rules`,
    `${tests.passed + tests.failed} chart tests`,
    `${cases.passed + cases.failed} lint cases (${cases.cached} known)`,
  ].join(', ')
}
