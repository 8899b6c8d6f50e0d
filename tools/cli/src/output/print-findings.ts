import { formatPosition, sortFindings, type Finding } from '@opencore/contract/findings'
import { countNouns } from './count-nouns.ts'
import { quote } from './quote.ts'
import type { Terminal } from './terminal.ts'

/** Findings for people, on stderr: three lines each, then a count. */
export function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  const { colors } = terminal
  for (const { at, code, severity, ...words } of sortFindings(findings)) {
    const [found, wanted, next] = [words.found, words.wanted, words.next].map(quote)
    const mark = severity === 'warning' ? colors.yellow(`[${code}] (warning)`) : colors.red(`[${code}]`)
    terminal.note(`${colors.bold(quote(formatPosition(at)))}: ${found}  ${mark}`)
    terminal.note(`  ${colors.dim('want')}  ${wanted}`)
    terminal.note(`  ${colors.dim('next')}  ${next}`)
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  terminal.note(
    `\n${countNouns(errors, 'error')}${warnings > 0 ? `, ${countNouns(warnings, 'warning')}` : ''}`,
  )
}
