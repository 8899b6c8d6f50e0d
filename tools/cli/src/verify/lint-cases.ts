import type { Finding } from '@opencore/contract'
import { lintValues, type LintMessage } from '@opencore/renderer'
import { join } from 'node:path'
import { reportProgress } from '../output/report-progress.ts'
import type { ChartCase } from './chart-case.ts'

/** What Helm's linter found in one case. */
export interface LintedCase {
  findings: Finding[]
  /** An earlier run had asked. */
  known: boolean
}

/** Lint charts with values by Helm's own rules. Its advice (an icon, say) is no finding. */
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
    linted.push({ findings: (messages ?? [toMessage(error)]).flatMap((one) => toFinding(item, one)), known })
    progress(linted.length)
  }
  return linted
}

const toMessage = (text: string): LintMessage => ({ severity: 'error', path: '', text })

function toFinding({ chart, file }: ChartCase, { severity, path, text }: LintMessage): Finding[] {
  if (severity === 'info') return []
  return [
    {
      code: 'CHART_LINT',
      severity,
      at: { file },
      found: `chart ${chart.name} with these values: ${path === '' ? '' : `${path}: `}${text.trim()}`,
      wanted: 'values that helm lint accepts',
      next: `correct the values, or the template in charts/${chart.name}`,
    },
  ]
}
