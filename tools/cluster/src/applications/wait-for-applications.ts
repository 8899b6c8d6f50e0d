import type { Finding, Result } from '@opencore/contract'
import { failure, success } from '@opencore/contract'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { Report } from '../report.ts'
import type { Application } from './application.ts'
import type { ApplicationRow } from './application-row.ts'
import { describeApplication } from './application-row.ts'
import { describeTrouble } from './describe-trouble.ts'
import { followApplications } from './follow-applications.ts'
import type { ExpectedApplication } from './judge-progress.ts'
import { findLack } from './judge-progress.ts'

export interface WaitOptions {
  timeoutMs: number
  /** Kinds played by stages (`listPlayedKinds`), for the rows' proof. */
  played: ReadonlySet<string>
}

/** Names shown of those that are waited for. */
const SHOWN = 4

/**
 * Wait until every expected Application is Synced and Healthy at its commit, telling how many are and which are not.
 * The rows come in the order expected. When time is up, one finding for each bad Application with Argo CD's own words.
 */
export async function waitForApplications(
  hub: KubernetesClient,
  expected: readonly ExpectedApplication[],
  report: Report,
  { timeoutMs, played }: WaitOptions,
): Promise<Result<ApplicationRow[]>> {
  let seen: ReadonlyMap<string, Application> = new Map()
  let told = ''
  const done = new AbortController()
  const timer = setTimeout(() => {
    done.abort()
  }, timeoutMs)
  const lacking = () => expected.filter((item) => findLack(item, seen.get(item.name)) !== undefined)
  await followApplications(hub, done.signal, (applications) => {
    seen = applications
    const rest = lacking()
    const line = describeProgress(expected.length, rest)
    if (line !== told) report(line)
    told = line
    if (rest.length === 0) done.abort()
  })
  clearTimeout(timer)
  const bad = lacking()
  if (bad.length > 0) return failure(bad.map((item) => describeFailure(item, seen.get(item.name), timeoutMs)))
  return success(
    expected.flatMap(({ name }) => {
      const application = seen.get(name)
      return application === undefined ? [] : [describeApplication(application, played)]
    }),
  )
}

function describeProgress(total: number, rest: readonly ExpectedApplication[]): string {
  const healthy = `${total - rest.length} of ${total} Applications are Synced and Healthy`
  if (rest.length === 0) return healthy
  const names = rest.slice(0, SHOWN).map(({ name }) => name)
  const more = rest.length > SHOWN ? ` and ${rest.length - SHOWN} more` : ''
  return `${healthy}; waiting for ${names.join(', ')}${more}`
}

function describeFailure(
  expected: ExpectedApplication,
  application: Application | undefined,
  timeoutMs: number,
): Finding {
  const lack = findLack(expected, application) ?? ''
  const trouble = application === undefined ? [] : describeTrouble(application)
  const words =
    trouble.length === 0 ? '' : `; Argo CD says\n${trouble.map((line) => `    ${line}`).join('\n')}\n`
  return {
    code: 'APPLICATION_NOT_HEALTHY',
    severity: 'error',
    at: { file: expected.name },
    found: `after ${timeoutMs / 1000} s the Application is not Synced and Healthy: ${lack}${words}`,
    wanted: 'Synced and Healthy',
    next: 'repair what Argo CD names and run `opencore up` again; it retries by itself when the cause goes away',
  }
}
