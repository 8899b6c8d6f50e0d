import { formatFinding, type Finding } from '@opencore/contract/findings'

/**
 * What others wrote, such as manifests on a ref, is quoted in findings: a terminal is told none of what it would obey, and no
 * line of theirs passes for one of ours. A mark and not blanks alone: GitHub's runner obeys `::error::` behind these, too,
 * and `##[error]` anywhere.
 */
export const quote = (text: string) =>
  text
    .replace(/[^\P{C}\n\t]+/gu, '?')
    .replaceAll('##[', '## [')
    .replaceAll('\n', '\n      | ')

/** A finding in three lines without colour, for a line of progress. */
export function quoteFinding({ found, wanted, next, ...finding }: Finding): string {
  const at = { ...finding.at, file: quote(finding.at.file) }
  return formatFinding({ ...finding, at, found: quote(found), wanted: quote(wanted), next: quote(next) })
}
