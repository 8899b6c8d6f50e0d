import { formatPosition, sortFindings, type Finding } from '@opencore/contract/findings'
import { countNouns } from './count-nouns.ts'
import type { Terminal } from './terminal.ts'

/** Findings for people, on stderr: three lines each, then a count. */
export function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  const { colors } = terminal
  for (const { at, code, found, wanted, next, severity } of sortFindings(findings)) {
    const mark = severity === 'warning' ? colors.yellow(`[${code}] (warning)`) : colors.red(`[${code}]`)
    terminal.note(`${colors.bold(formatPosition(at))}: ${found}  ${mark}`)
    terminal.note(`  ${colors.dim('want')}  ${wanted}`)
    terminal.note(`  ${colors.dim('next')}  ${next}`)
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  terminal.note(
    `\n${countNouns(errors, 'error')}${warnings > 0 ? `, ${countNouns(warnings, 'warning')}` : ''}`,
  )
}
