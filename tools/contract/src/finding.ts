/** A place in a file that a person can open. Lines and columns count from 1. */
export interface Position {
  /** Path relative to the workspace root, with `/`. */
  file: string
  line?: number
  column?: number
}

/**
 * One thing that is wrong: where, what was found, what was wanted, what to do next.
 * `code` is stable (tests and scripts rely on it), the prose is not.
 * A finding never holds the value of a secret.
 */
export interface Finding {
  code: string
  severity: 'error' | 'warning'
  at: Position
  /** What was found, as one sentence without a full stop. */
  found: string
  /** What was wanted instead. */
  wanted: string
  /** The next step for whoever reads this. */
  next: string
}

/** `file:line:column`, as editors and terminals link it. */
export function formatPosition({ file, line, column }: Position): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}

/** One finding as three lines of text, without colour. */
export function formatFinding({ at, code, found, wanted, next, severity }: Finding): string {
  const mark = severity === 'warning' ? ' (warning)' : ''
  return `${formatPosition(at)}: ${found}  [${code}]${mark}\n  want  ${wanted}\n  next  ${next}`
}

/** Findings in the order a person works through them: by file, line, column, then code. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const key = ({ at, code }: Finding) => [at.file, pad(at.line), pad(at.column), code].join('\u0000')
  return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

const pad = (n = 0) => String(n).padStart(8, '0')
