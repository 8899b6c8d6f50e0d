import { renderAhead, toRequests } from '@opencore/renderer'
import { countNouns } from '../output/count-nouns.ts'
import { reportProgress } from '../output/report-progress.ts'
import type { VerifiedEnvironment } from './environment-key.ts'

/**
 * Render and lint what several environments release, so that each finds it known in its turn: engines read charts once for
 * all, and have ended before the API server starts, which needs as much memory as is wanted for everything. Gives the ids
 * of what no earlier run had rendered. One environment renders before it is judged, and needs none of this.
 */
export async function learnReleases(
  root: string,
  environments: readonly Pick<VerifiedEnvironment, 'releases'>[],
  report: (line: string) => void,
): Promise<ReadonlySet<string>> {
  const fresh = new Set<string>()
  if (environments.length < 2) return fresh
  const requests = environments.flatMap(({ releases }) => toRequests(root, releases))
  report(`rendering ${countNouns(requests.length, 'release')} of ${environments.length} environments`)
  const progress = reportProgress(report, 'releases rendered and linted', requests.length)
  let done = 0
  for await (const { id, known } of renderAhead(requests, report)) {
    if (!known) fresh.add(id)
    progress(++done)
  }
  return fresh
}
