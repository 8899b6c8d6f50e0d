import type { Drill } from '../drill.ts'
import { describeOverlap } from './describe-drill.ts'
import type { DrillReport } from './drill-report.ts'

/** What of that which must hold did not, a sentence each; none when all is as it must be. */
export function listFailures(
  { moves }: Pick<Drill, 'moves'>,
  { lost, acknowledged, overlaps, primary }: DrillReport,
): string[] {
  const stayed = moves && primary.before === primary.after
  return [
    ...(lost.length > 0 ? [`${lost.length} of ${acknowledged.length} acknowledged rows are lost`] : []),
    ...overlaps.map(describeOverlap),
    ...(stayed ? [`${primary.before} is still the primary`] : []),
  ]
}
