import type { Drill } from '../drill.ts'
import { describeOverlap } from './describe-drill.ts'
import type { DrillReport, RestoreReport } from './drill-report.ts'

/** What of that which must hold did not, a sentence each; none when all is as it must be. */
export function listFailures(
  { moves }: Pick<Drill, 'moves'>,
  { lost, acknowledged, overlaps, primary, restored }: DrillReport,
): string[] {
  const stayed = moves && primary.before === primary.after
  return [
    ...(lost.length > 0 ? [`${lost.length} of ${acknowledged.length} acknowledged rows are lost`] : []),
    ...overlaps.map(describeOverlap),
    ...(stayed ? [`${primary.before} is still the primary`] : []),
    ...(restored === undefined ? [] : listRestoreFailures(restored)),
  ]
}

function listRestoreFailures({ wanted, missing, surplus }: RestoreReport): string[] {
  return [
    // An archive without rows proves nothing.
    ...(wanted === 0 ? ['nothing had to be restored'] : []),
    ...(missing.length > 0 ? [`${missing.length} of ${wanted} rows were not restored`] : []),
    ...(surplus.length > 0 ? [`${surplus.length} rows were restored that were begun after the moment`] : []),
  ]
}
