import type { Finding } from '@opencore/contract'

/** An indented array of findings, each with its keys in one fixed order. */
export function formatJson(findings: readonly Finding[]): string {
  const ordered = findings.map(({ code, severity, at: { file, line, column }, found, wanted, next }) => ({
    code,
    severity,
    at: { file, line, column },
    found,
    wanted,
    next,
  }))
  return `${JSON.stringify(ordered, null, 2)}\n`
}
