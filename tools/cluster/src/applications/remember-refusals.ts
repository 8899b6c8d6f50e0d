import type { Application } from './application.ts'
import { describeRefused, describeTrouble } from './describe-trouble.ts'

/** What was refused last of an Application. */
export interface Refusal {
  /** All that Argo CD said of it. */
  lines: readonly string[]
  /** What the API server said, an object a line. */
  refused: readonly string[]
  /** Which attempt it was, and when that was seen. */
  attempt: number
  at: number
}

/** By name of the Application; until a sync succeeds. */
export type Refusals = Map<string, Refusal>

/**
 * Note what was refused. At the beginning of a retry Argo CD throws the results of the last attempt away and says
 * "Retrying operation" alone (argo-cd v3.6.1, processRequestedAppOperation): whoever looks then would learn no reason.
 */
export function rememberRefusals(refusals: Refusals, applications: ReadonlyMap<string, Application>): void {
  for (const [name, application] of applications) {
    const operation = application.status?.operationState
    const refused = describeRefused(application)
    if (operation?.phase === 'Succeeded') refusals.delete(name)
    else if (refused.length > 0) {
      const before = refusals.get(name)
      const attempt = operation?.retryCount ?? 0
      const at = before?.attempt === attempt ? before.at : Date.now()
      refusals.set(name, { lines: describeTrouble(application), refused, attempt, at })
    }
  }
}
