import { groupBy } from '@opencore/contract'
import { formatFinding, formatPosition, type Finding } from '@opencore/contract/findings'

/**
 * A JUnit report: one suite per file, one test case per finding. An error is a failure; a warning is a
 * case that passed with its text on system-out, as CI systems know no warning.
 */
export function formatJunit(findings: readonly Finding[]): string {
  const suites = [...groupBy(findings, ({ at }) => at.file)].map(
    ([file, group]) =>
      `  <testsuite name="${escape(file)}" ${count(group)}>\n${group.map(formatCase).join('')}  </testsuite>\n`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="opencore verify" ${count(findings)}>\n${suites.join('')}</testsuites>\n`
}

function formatCase(finding: Finding): string {
  const text = escape(formatFinding(finding))
  const body =
    finding.severity === 'error'
      ? `<failure type="${escape(finding.code)}" message="${escape(finding.found)}">${text}</failure>`
      : `<system-out>${text}</system-out>`
  const name = escape(`${finding.code} ${formatPosition(finding.at)}`)
  return `    <testcase classname="${escape(finding.at.file)}" name="${name}">\n      ${body}\n    </testcase>\n`
}

function count(findings: readonly Finding[]): string {
  const failures = findings.filter(({ severity }) => severity === 'error').length
  return `tests="${findings.length}" failures="${failures}"`
}

/** Escape for XML 1.0, which has no way to write most control characters: they become U+FFFD. */
function escape(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '&#10;',
  }
  return text
    .replace(/[&<>"\n]/g, (character) => entities[character] ?? character)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
