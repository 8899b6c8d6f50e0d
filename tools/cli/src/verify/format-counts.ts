import { countNouns } from '../output/count-nouns.ts'
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
    `${countNouns(releases, 'release')} in ${countNouns(environments, 'environment')}`,
    `${countNouns(objects, 'object')} judged (${judged.cached} known)`,
    ...Object.entries(skipped).map(
      ([source, count]) => `skipped: ${source} unreachable (${countNouns(count, 'object')} not judged)`,
    ),
    countNouns(rules, 'rule'),
    countNouns(tests.passed + tests.failed, 'chart test'),
    `${countNouns(cases.passed + cases.failed, 'lint case')} (${cases.cached} known)`,
  ].join(', ')
}
