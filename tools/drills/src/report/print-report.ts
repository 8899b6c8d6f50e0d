import type { Drill } from '../drill.ts'
import type { DrillReport } from './drill-report.ts'
import { listFailures } from './list-failures.ts'
import { describePrimary, describeRestore, seconds } from './describe-drill.ts'

/** What of a run stands in its row. */
const COLUMNS: readonly [heading: string, of: (report: DrillReport) => string][] = [
  ['primary', ({ primary }) => describePrimary(primary)],
  ['RTO: longest time without an acknowledged write', ({ rto }) => seconds(rto)],
  ['all well after', ({ recovered }) => seconds(recovered)],
  ['rows acknowledged', ({ acknowledged }) => String(acknowledged.length)],
  ['of them found', ({ found }) => String(found)],
  ['RPO: rows lost', ({ lost }) => String(lost.length)],
  ['found, not acknowledged', ({ unacknowledged }) => String(unacknowledged)],
]

/**
 * Runs of a drill as a page of Markdown: what was done, what was acknowledged and found, and a picture of each run.
 * @param pictures names of the files with the timelines, in the order of the runs
 */
export function printReport(
  drill: Drill,
  reports: readonly DrillReport[],
  pictures: readonly string[],
): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const failures = reports.flatMap((report, index) =>
    listFailures(drill, report).map((failure) => `- Run ${index + 1}: ${failure}.`),
  )
  return [
    `# Drill ${drill.name}`,
    '',
    `What was done: ${drill.summary}.`,
    '',
    failures.length === 0
      ? 'All held: every acknowledged row is there, none twice, and never did two servers answer as primaries.'
      : `**Not all held.**\n\n${failures.join('\n')}`,
    '',
    row(['run', ...COLUMNS.map(([heading]) => heading)]),
    row(['---', ...COLUMNS.map(() => '---')]),
    ...reports.map((report, index) => row([String(index + 1), ...COLUMNS.map(([, of]) => of(report))])),
    ...reports.flatMap(({ began, marks, restored }, index) => [
      '',
      `## Run ${index + 1}, ${new Date(began).toISOString()}`,
      '',
      `![timeline of run ${index + 1}](${pictures[index] ?? ''})`,
      '',
      ...(restored === undefined ? [] : [`Of the archive: ${describeRestore(restored)}.`, '']),
      ...marks.map(({ at, what }) => `- ${seconds(at - began)}: ${what}`),
    ]),
    '',
  ].join('\n')
}
