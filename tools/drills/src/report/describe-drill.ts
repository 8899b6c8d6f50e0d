import type { Overlap } from '../record/judge-log.ts'
import type { DrillReport, RestoreReport } from './drill-report.ts'

/** A time in milliseconds, in words. */
export const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`

/** Two primaries at once, in words. */
export const describeOverlap = ({ older, newer, milliseconds }: Overlap) =>
  `${older} still answered as a primary ${seconds(milliseconds)} after ${newer} did`

export const describePrimary = ({ before, after }: DrillReport['primary']) =>
  before === after ? `${before} stays` : `${before} to ${after}`

/** What a restore found, in words. */
export const describeRestore = ({ rto, rpo, wanted, missing, surplus }: RestoreReport) =>
  [
    `restored in ${seconds(rto)}`,
    `${wanted - missing.length} of ${wanted} rows that had to be there`,
    ...(rpo === undefined ? [`${surplus.length} too many`] : [`the last ${seconds(rpo)} are not`]),
  ].join(', ')

/** A report as one line for a person. */
export function describeDrill(report: DrillReport): string {
  const { drill, primary, rto, recovered, acknowledged, lost, overlaps, restored } = report
  return [
    `${drill}: ${describePrimary(primary)}`,
    `longest gap ${seconds(rto)}`,
    `all well after ${seconds(recovered)}`,
    `${acknowledged.length} rows acknowledged`,
    `${lost.length} lost`,
    ...overlaps.map(describeOverlap),
    ...(restored === undefined ? [] : [describeRestore(restored)]),
  ].join(', ')
}
