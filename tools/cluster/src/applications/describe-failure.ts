import type { Finding } from '@opencore/contract'
import type { Application } from './application.ts'
import { describeTrouble } from './describe-trouble.ts'
import type { ExpectedApplication } from './find-lack.ts'
import { findLack } from './find-lack.ts'

/** The finding for an expected Application that is not there in time, with Argo CD's own words. */
export function describeFailure(
  expected: ExpectedApplication,
  application: Application | undefined,
  seconds: number,
): Finding {
  const lack = findLack(expected, application) ?? ''
  const trouble = application === undefined ? [] : describeTrouble(application)
  const words =
    trouble.length === 0 ? '' : `; Argo CD says\n${trouble.map((line) => `    ${line}`).join('\n')}\n`
  return {
    code: 'APPLICATION_NOT_HEALTHY',
    severity: 'error',
    at: { file: expected.name },
    found: `after ${seconds} s the Application is not Synced and Healthy: ${lack}${words}`,
    wanted: 'Synced and Healthy',
    next: 'repair what Argo CD names and run `opencore up` again; it retries by itself when the cause goes away',
  }
}
