import type { Finding } from '@opencore/contract'
import type { Application } from './application.ts'
import { describeTrouble, hasRefusals } from './describe-trouble.ts'
import type { ExpectedApplication } from './find-lack.ts'
import { findLack } from './find-lack.ts'
import { findUnpromoted } from './find-unpromoted.ts'

interface Circumstances {
  /** How long it was waited for. */
  seconds: number
  /** What Argo CD said when objects were refused last. */
  refusals?: readonly string[] | undefined
  /** What its resources wait for. */
  troubles?: readonly string[]
}

/** The finding for an expected Application that is not there in time, with Argo CD's own words and what its resources wait for. */
export function describeFailure(
  expected: ExpectedApplication,
  application: Application | undefined,
  { seconds, refusals = [], troubles = [] }: Circumstances,
): Finding {
  const lack = findLack(expected, application) ?? ''
  const now = application === undefined ? [] : describeTrouble(application)
  const trouble = application && !hasRefusals(application) ? [...new Set([...refusals, ...now])] : now
  const words = [...trouble.map((line) => `Argo CD says: ${line}`), ...troubles]
  const lines = words.length === 0 ? '' : `\n${words.map((line) => `    ${line}`).join('\n')}\n`
  return {
    code: 'APPLICATION_NOT_HEALTHY',
    severity: 'error',
    at: { file: expected.name },
    found: `nothing became ready for ${seconds} s, and the Application is not Synced and Healthy: ${lack}${lines}`,
    wanted: 'Synced and Healthy',
    next:
      (application && findUnpromoted(application)) ??
      'repair what it names and run `opencore up` again; it retries by itself when the cause goes away',
  }
}
