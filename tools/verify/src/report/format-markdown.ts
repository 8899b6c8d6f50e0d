import { type Finding, groupBy } from '@opencore/contract'

/** GitHub refuses longer comments (65,536 characters); some room is left for who wraps the text. */
const longest = 65_000

/** A comment for a pull request: a summary, then a table per file, cut with a note where it gets too long. */
export function formatMarkdown(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'No findings.\n'
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const head = `**${errors} errors, ${findings.length - errors} warnings**\n`
  const sections = [...groupBy(findings, ({ at }) => at.file)].map(
    ([file, group]) =>
      `\n### ${escape(file)}\n\n| | found | wanted | next |\n|---|---|---|---|\n${group.map(formatRow).join('')}`,
  )
  const fitting: string[] = []
  let length = head.length
  for (const section of sections) {
    if (length + section.length > longest) break
    fitting.push(section)
    length += section.length
  }
  const left = sections.length - fitting.length
  return (
    head + fitting.join('') + (left > 0 ? `\n${left} more files have findings: run opencore verify.\n` : '')
  )
}

function formatRow(finding: Finding): string {
  const { code, at, found, wanted, next, severity } = finding
  const place = at.line === undefined ? '' : ` (line ${at.line}:${at.column ?? 1})`
  return `| ${severity} \`${code}\` | ${escape(found)}${place} | ${escape(wanted)} | ${escape(next)} |\n`
}

/** Escape what would end a cell or start markup. */
function escape(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replace(/[|<>*_`[\]]/g, (character) => `\\${character}`)
    .replaceAll('\n', '<br>')
}
