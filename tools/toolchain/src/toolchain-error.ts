import type { Finding } from '@opencore/contract'
import { formatFinding } from '@opencore/contract'

/** A tool, a module or an API definition cannot be had. `findings` say which, why and what to do. */
export class ToolchainError extends Error {
  readonly findings: Finding[]

  constructor(findings: Finding[]) {
    super(findings.map(formatFinding).join('\n'))
    this.name = 'ToolchainError'
    this.findings = findings
  }
}
