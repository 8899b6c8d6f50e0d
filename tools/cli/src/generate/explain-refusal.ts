import type { Finding } from '@opencore/contract'
import { locateNamedValue, type Platform, type Release } from '@opencore/model'
import { renderFailed } from '@opencore/renderer'

/**
 * Helm's message about a release that does not render, as findings where the values were set: one for each problem that
 * the chart's own validation names (VALUES_REFUSED), or all of it (RENDER_FAILED).
 */
export function explainRefusal(release: Release, message: string, locate: Platform['locate']): Finding[] {
  const mark = `${release.chart.name}: `
  const problems = message
    .split('\n')
    .map((line) => line.slice(line.indexOf(mark) + mark.length).trim())
    .flatMap(readProblem)
  if (problems.length === 0)
    return [{ ...renderFailed('', message), at: locateNamedValue(release, '', locate) }]
  return problems.map((problem) => ({
    code: 'VALUES_REFUSED',
    severity: 'error',
    at: locateNamedValue(release, problem.found, locate),
    ...problem,
  }))
}

/** A line as rules of a chart write it: what was found; want what; the next step (charts/common, _problems.tpl). */
function readProblem(line: string): Pick<Finding, 'found' | 'wanted' | 'next'>[] {
  const groups = /^(?<found>.+?); want (?<wanted>.+); (?<next>[^;]+)$/.exec(line)?.groups
  const { found, wanted, next } = groups ?? {}
  if (found === undefined || wanted === undefined || next === undefined) return []
  return [{ found, wanted, next }]
}
