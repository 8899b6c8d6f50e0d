import type { Finding, Result } from '@opencore/contract'
import { failure, success } from '@opencore/contract/findings'
import { openPlatform } from '../platform/open-platform.ts'
import type { Report } from '../report.ts'
import type { Application } from '../applications/application.ts'
import type { ApplicationRow } from '../applications/application-row.ts'
import { describeApplication } from '../applications/application-row.ts'
import { describeFailure } from '../applications/describe-failure.ts'
import { describeProgress } from '../applications/describe-progress.ts'
import type { ExpectedApplication } from '../applications/find-lack.ts'
import { findLack } from '../applications/find-lack.ts'
import { rememberRefusals, type Refusals } from '../applications/remember-refusals.ts'
import { findUnplayed } from '../simulation/find-unplayed.ts'
import { readTroubles } from './read-troubles.ts'
import { followApplications } from './follow-applications.ts'
import { loadSimulation } from '../simulation/simulation.ts'

/** Progress is told at most this often: every Application changes many times. */
const TELL_EVERY_MS = 1_000

/**
 * Wait until every expected Application of the running platform in this folder is Synced and Healthy at its commit,
 * telling how many are and which are not. The rows come in the order expected.
 * Fails with a finding for each bad Application, in Argo CD's own words, when the time is up; and at once when a kind
 * turns up whose health nothing here would ever make good.
 */
export async function waitForApplications(
  folder: string,
  expected: readonly ExpectedApplication[],
  report: Report,
  { timeoutMs }: { timeoutMs: number },
): Promise<Result<ApplicationRow[]>> {
  const { hub, spec } = await openPlatform(folder)
  const simulation = await loadSimulation(spec)
  let seen: ReadonlyMap<string, Application> = new Map()
  const refusals: Refusals = new Map()
  let hopeless: Finding[] = []
  const lacking = () => expected.filter((item) => findLack(item, seen.get(item.name)) !== undefined)
  const tell = throttle(report)
  const done = new AbortController()
  const timer = setTimeout(() => {
    done.abort()
  }, timeoutMs)
  try {
    await followApplications(hub, done.signal, (applications) => {
      seen = applications
      rememberRefusals(refusals, applications)
      hopeless = expected.flatMap(({ name }) => {
        const application = seen.get(name)
        return application === undefined ? [] : findUnplayed(application, simulation)
      })
      const waiting = lacking().map(({ name }) => name)
      tell(describeProgress(expected.length, waiting), waiting.length === 0)
      if (waiting.length === 0 || hopeless.length > 0) done.abort()
    })
  } finally {
    clearTimeout(timer)
    await hub.close()
  }
  if (hopeless.length > 0) return failure(hopeless)
  const bad = await Promise.all(
    lacking().map(async (item) => {
      const application = seen.get(item.name)
      const troubles = await readTroubles(folder, application)
      return describeFailure(item, application, {
        seconds: timeoutMs / 1000,
        refusals: refusals.get(item.name),
        troubles,
      })
    }),
  )
  if (bad.length > 0) return failure(bad)
  return success(
    expected.flatMap(({ name }) => {
      const application = seen.get(name)
      return application === undefined ? [] : [describeApplication(application, simulation.played)]
    }),
  )
}

/** Pass on a line that is new, but not too soon after the last one unless it is the final one. */
function throttle(report: Report): (line: string, final: boolean) => void {
  let last = { line: '', at: 0 }
  return (line, final) => {
    if (line === last.line || (!final && Date.now() < last.at + TELL_EVERY_MS)) return
    report(line)
    last = { line, at: Date.now() }
  }
}
