import type { Finding } from '@opencore/contract'
import type { Application } from './application.ts'
import { adviseVerify } from './advise-verify.ts'
import type { Troubles } from './troubles.ts'
import { describeTrouble, hasRefusals } from './describe-trouble.ts'
import type { ExpectedApplication } from './find-lack.ts'
import { findLack } from './find-lack.ts'
import { findUnpromoted } from './find-unpromoted.ts'

interface Circumstances {
  /** How long it was waited for. */
  seconds: number
  /** What Argo CD said when objects were refused last. */
  refusals?: readonly string[] | undefined
  /** What its objects wait for. */
  troubles?: Troubles | undefined
  /** What it was refused, where that ended the wait. */
  inVain?: readonly string[] | undefined
}

/** The finding for an expected Application that is not there in time, with Argo CD's own words and what its resources wait for. */
export function describeFailure(
  expected: ExpectedApplication,
  application: Application | undefined,
  { seconds, refusals = [], troubles, inVain }: Circumstances,
): Finding {
  const lack = findLack(expected, application) ?? ''
  const now = application === undefined ? [] : describeTrouble(application)
  const trouble = application && !hasRefusals(application) ? [...new Set([...refusals, ...now])] : now
  const blocked = inVain ?? troubles?.blocked ?? []
  const words = inVain ?? [
    ...trouble.map((line) => `Argo CD says: ${line}`),
    ...blocked,
    ...(troubles?.waits ?? []),
  ]
  const why = inVain
    ? 'what it needs is refused, so no waiting makes it Synced and Healthy'
    : `nothing became ready for ${seconds} s, and the Application is not Synced and Healthy`
  const lines = words.length === 0 ? '' : `\n${words.map((line) => `    ${line}`).join('\n')}\n`
  return {
    code: 'APPLICATION_NOT_HEALTHY',
    severity: 'error',
    at: { file: expected.name },
    found: `${why}: ${lack}${lines}`,
    wanted: 'Synced and Healthy',
    next:
      (application && findUnpromoted(application)) ??
      (blocked.length > 0 ? adviseVerify(application) : undefined) ??
      'repair what it names and run `opencore up` again; it retries by itself when the cause goes away',
  }
}
