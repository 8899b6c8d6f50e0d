import type { Finding } from '@opencore/contract'
import { formatJson } from './format-json.ts'
import { formatJunit } from './format-junit.ts'
import { formatMarkdown } from './format-markdown.ts'

/** Findings for machines and pull requests. A table for people is the terminal's business. */
export type FindingsOutput = 'json' | 'junit' | 'markdown'

const formatters: Readonly<Record<FindingsOutput, (findings: readonly Finding[]) => string>> = {
  json: formatJson,
  junit: formatJunit,
  markdown: formatMarkdown,
}

/** Print findings, in the order given; the text ends with a line break. */
export function formatFindings(findings: readonly Finding[], output: FindingsOutput): string {
  return formatters[output](findings)
}
