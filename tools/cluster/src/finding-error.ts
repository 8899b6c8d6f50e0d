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
