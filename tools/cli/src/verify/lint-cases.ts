import type { Finding } from '@opencore/contract'
import { lintValues, type LintMessage } from '@opencore/renderer'
import { join } from 'node:path'
import { reportProgress } from '../output/report-progress.ts'
import type { ChartCase } from './chart-case.ts'
import type { VerifyCounts } from './verify-counts.ts'

/** What Helm's linter found in one case. */
export interface LintedCase {
  findings: Finding[]
  /** An earlier run had asked. */
  known: boolean
}

/** Lint charts with values by Helm's own rules. */
export async function lintCases(
  root: string,
  cases: readonly ChartCase[],
  report: (line: string) => void,
): Promise<LintedCase[]> {
  const progress = reportProgress(report, 'cases linted', cases.length)
  const linted: LintedCase[] = []
  const requests = cases.map(({ chart, values }) => ({ chart: join(root, chart.folder), values }))
  for await (const { messages, error, known } of lintValues(requests, report)) {
    const item = cases[linted.length]
    if (item === undefined) throw new Error('the linter answered more cases than it was asked')
    const findings = describeLint({ ...item, chart: item.chart.name }, messages ?? [toMessage(error)])
    linted.push({ findings, known })
    progress(linted.length)
  }
  return linted
}

const toMessage = (text: string): LintMessage => ({ severity: 'error', path: '', text })

/**
 * The findings of a chart by name with the values in a file. Helm's advice (an icon, say) is none.
 */
export function describeLint(
  { chart, file }: { chart: string; file: string },
  messages: readonly LintMessage[],
): Finding[] {
  return messages.flatMap(({ severity, path, text }) =>
    severity === 'info'
      ? []
      : {
          code: 'CHART_LINT',
          severity,
          at: { file },
          found: `chart ${chart} with these values: ${path === '' ? '' : `${path}: `}${text.trim()}`,
          wanted: 'values that helm lint accepts',
          next: `correct the values, or the template in charts/${chart}`,
        },
  )
}

/** How many cases were found good, and how many an earlier run had asked about. */
export function countCases(linted: readonly LintedCase[]): VerifyCounts['cases'] {
  const failed = linted.filter(({ findings }) => findings.some(({ severity }) => severity === 'error')).length
  return {
    passed: linted.length - failed,
    failed,
    cached: linted.filter(({ known }) => known).length,
  }
}
