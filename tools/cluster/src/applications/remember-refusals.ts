import type { Application } from './application.ts'
import { describeTrouble, hasRefusals } from './describe-trouble.ts'

/** What Argo CD said of each Application when objects of it were refused last, by name; until a sync succeeds. */
export type Refusals = Map<string, readonly string[]>

/**
 * Note what was refused. At the beginning of a retry Argo CD throws the results of the last attempt away and says
 * "Retrying operation" alone (argo-cd v3.6.1, processRequestedAppOperation): whoever looks then would learn no reason.
 */
export function rememberRefusals(refusals: Refusals, applications: ReadonlyMap<string, Application>): void {
  for (const [name, application] of applications) {
    if (application.status?.operationState?.phase === 'Succeeded') refusals.delete(name)
    else if (hasRefusals(application)) refusals.set(name, describeTrouble(application))
  }
}
