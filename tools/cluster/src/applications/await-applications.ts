import type { Finding, Result } from '@opencore/contract'
import { failure, success } from '@opencore/contract/findings'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { Report } from '../report.ts'
import type { Application } from './application.ts'
import { followBlocked } from './follow-blocked.ts'
import type { ReadTroubles } from './troubles.ts'
import { describeFailure } from './describe-failure.ts'
import { describeProgress } from './describe-progress.ts'
import type { ExpectedApplication } from './find-lack.ts'
import { findLack } from './find-lack.ts'
import { followApplications } from './follow-applications.ts'
import { rememberRefusals, type Refusals } from './remember-refusals.ts'

export interface Patience {
  /** Of Argo CD in the hub. */
  namespace: string
  /** How long to wait for the next one: a platform of thirty times the size may take thirty times as long. */
  timeoutMs: number
  /** What shows that one will never be Healthy: it ends the wait at once. */
  findHopeless?: (application: Application) => Finding[]
  /**
   * What objects wait for, beside what Argo CD says. Where it is known, waiting ends when all that lack are refused what they
   * need; in a cluster of somebody else nobody knows what is on its way.
   */
  readTroubles?: ReadTroubles
}

/** Progress is told at most this often: every Application changes many times. */
const TELL_EVERY_MS = 1_000

/**
 * Wait until every expected Application of a hub is Synced and Healthy at its commit, telling how many are and which are
 * not. Those that are come in the order expected.
 * Fails with a finding for each bad Application, in Argo CD's own words, when none became ready for so long, or when all
 * that lack are refused what they need.
 */
export async function awaitApplications(
  hub: KubernetesClient,
  expected: readonly ExpectedApplication[],
  report: Report,
  { namespace, timeoutMs, findHopeless = () => [], readTroubles }: Patience,
): Promise<Result<Application[]>> {
  let seen: ReadonlyMap<string, Application> = new Map()
  const refusals: Refusals = new Map()
  let hopeless: Finding[] = []
  const lacking = () => expected.filter((item) => findLack(item, seen.get(item.name)) !== undefined)
  const tell = throttle(report)
  const done = new AbortController()
  const timer = setTimeout(() => {
    done.abort()
  }, timeoutMs)
  let fewest = expected.length
  let lastReady = Date.now()
  const look = async (ask: ReadTroubles) => {
    const now = Date.now()
    const reached = lacking().flatMap((item) => {
      const application = seen.get(item.name)
      return application && isReached(application, item) ? [application] : []
    })
    const troubles = await ask(reached)
    // What was refused to an Application is older than what its objects are refused now.
    return new Map([
      ...[...refusals].map(([name, { refused, at }]) => [name, { words: refused, seen: at }] as const),
      ...[...troubles]
        .filter(([, { blocked }]) => blocked.length > 0)
        .map(([name, { blocked }]) => [name, { words: blocked, seen: now }] as const),
    ])
  }
  const blockedWait =
    readTroubles &&
    followBlocked({
      waiting: () => lacking().map(({ name }) => name),
      look: () => look(readTroubles),
      lastReady: () => lastReady,
      signal: done.signal,
      report,
    }).finally(() => {
      done.abort()
    })
  try {
    await followApplications(hub, { namespace, signal: done.signal }, (applications) => {
      seen = applications
      rememberRefusals(refusals, applications)
      hopeless = expected.flatMap(({ name }) => {
        const application = seen.get(name)
        return application === undefined ? [] : findHopeless(application)
      })
      const waiting = lacking().map(({ name }) => name)
      if (waiting.length < fewest) {
        timer.refresh()
        lastReady = Date.now()
      }
      fewest = Math.min(fewest, waiting.length)
      tell(describeProgress(expected.length, waiting), waiting.length === 0)
      if (waiting.length === 0 || hopeless.length > 0) done.abort()
    })
  } finally {
    clearTimeout(timer)
  }
  if (hopeless.length > 0) return failure(hopeless)
  const blocked = await blockedWait
  const troubles = await readTroubles?.(lacking().flatMap(({ name }) => seen.get(name) ?? []))
  const bad = lacking().map((item) =>
    describeFailure(item, seen.get(item.name), {
      seconds: timeoutMs / 1000,
      refusals: refusals.get(item.name)?.lines,
      troubles: troubles?.get(item.name),
      inVain: blocked?.get(item.name)?.words,
    }),
  )
  if (bad.length > 0) return failure(bad)
  return success(expected.flatMap(({ name }) => seen.get(name) ?? []))
}

/** Whether Argo CD has come to its commit: from then on, what its objects say is of this commit. */
const isReached = ({ status }: Application, { commit }: ExpectedApplication) =>
  status?.sync?.revision !== undefined && status.sync.revision === (commit ?? status.sync.revision)

/** Pass on a line that is new, but not too soon after the last one unless it is the final one. */
function throttle(report: Report): (line: string, final: boolean) => void {
  let last = { line: '', at: 0 }
  return (line, final) => {
    if (line === last.line || (!final && Date.now() < last.at + TELL_EVERY_MS)) return
    report(line, final ? undefined : 'passing')
    last = { line, at: Date.now() }
  }
}
