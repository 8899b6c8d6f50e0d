import type { Finding } from '@opencore/contract'
import { formatFinding } from '@opencore/contract'

/**
 * Findings on their way to the nearest boundary of this package, which turns them into a `Result`.
 * Thrown only where a caller deep inside cannot go on: a process that died, a port that is taken.
 */
export class FindingError extends Error {
  readonly findings: Finding[]

  constructor(findings: Finding[]) {
    super(findings.map(formatFinding).join('\n'))
    this.name = 'FindingError'
    this.findings = findings
  }
}

/** Findings of whatever was thrown; anything but a FindingError is our own fault, and says where to look. */
export function toFindings(error: unknown, logs: string): Finding[] {
  if (error instanceof FindingError) return error.findings
  return [
    {
      code: 'PLATFORM_FAILED',
      severity: 'error',
      at: { file: logs },
      found: error instanceof Error ? error.message : String(error),
      wanted: 'a running platform',
      next: 'read the logs in that folder; `opencore down` removes what was started',
    },
  ]
}
