import type { Finding } from '@opencore/contract'
import { describeRestore, listFailures, seconds, type Drill, type DrillReport } from '@opencore/drills'
import { formatTable } from '../output/format-table.ts'

/** A run for a script: seconds, and counts instead of every row. */
export function summarise(drill: Drill, report: DrillReport) {
  const { began, marks, primary, rto, recovered, acknowledged, found, lost, unacknowledged, overlaps } =
    report
  const { restored } = report
  return {
    drill: drill.name,
    began: new Date(began).toISOString(),
    held: listFailures(drill, report).length === 0,
    primary,
    rtoSeconds: rto / 1000,
    recoveredSeconds: recovered / 1000,
    acknowledged: acknowledged.length,
    found,
    lost,
    unacknowledged,
    overlaps,
    ...(restored && { restored: summariseRestore(restored) }),
    marks: marks.map(({ at, what }) => ({ seconds: (at - began) / 1000, what })),
  }
}

function summariseRestore({ rto, rpo, wanted, missing, surplus }: NonNullable<DrillReport['restored']>) {
  return {
    rtoSeconds: rto / 1000,
    ...(rpo !== undefined && { rpoSeconds: rpo / 1000 }),
    wanted,
    missing,
    surplus,
  }
}

/** Runs for a person. */
export function formatRuns(drill: Drill, reports: readonly DrillReport[]): string {
  const headings = ['run', 'primary', 'rto', 'all well', 'acknowledged', 'found', 'lost', 'restored', 'held']
  const rows = reports.map((report, index) => {
    const { primary, acknowledged, found, lost, held } = summarise(drill, report)
    return [
      String(index + 1),
      primary.before === primary.after ? primary.before : `${primary.before} to ${primary.after}`,
      seconds(report.rto),
      seconds(report.recovered),
      String(acknowledged),
      String(found),
      String(lost.length),
      report.restored === undefined ? '' : describeRestore(report.restored),
      held ? 'yes' : 'no',
    ]
  })
  return formatTable(headings, rows)
}

/** What did not hold, as findings. */
export function findFailures(drill: Drill, reports: readonly DrillReport[]): Finding[] {
  return reports.flatMap((report, index) =>
    listFailures(drill, report).map((failure) => ({
      code: 'DRILL_FAILED',
      severity: 'error' as const,
      at: { file: `${drill.name}, run ${index + 1}` },
      found: failure,
      wanted: 'every acknowledged row, and one primary at a time',
      next: `opencore drill ${drill.name} --report ${drill.name}.md shows when`,
    })),
  )
}
