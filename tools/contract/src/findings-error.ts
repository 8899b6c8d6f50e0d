import { formatFinding, type Finding } from './finding.ts'

/**
 * Findings on their way to the nearest boundary, which prints them or turns them into a `Result`. Thrown only where
 * a caller deep inside cannot go on: a tool that does not build, a process that died, a port that is taken.
 */
export class FindingsError extends Error {
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[]) {
    super(findings.map(formatFinding).join('\n'))
    this.name = new.target.name
    this.findings = findings
  }
}
