import { sortFindings, type Finding } from '@opencore/contract/findings'
import { joinControls, rules } from '@opencore/verify'
import { readReleases } from '@opencore/renderer'
import { findUpdates, readInputs } from './find-updates.ts'
import { recallEnvironment } from './known-environment.ts'
import { learnReleases } from './learn-releases.ts'
import { verifyCharts } from './verify-charts.ts'
import { verifyEnvironment, type EnvironmentResult } from './verify-environment.ts'
import type { VerifyOptions, VerifyResult } from './verify-options.ts'

/**
 * The ladder of checks over a workspace, cheapest first. A mistake in the values ends it: everything after
 * would speak of files that are about to change. All later steps run, and all their findings are reported.
 * @param root absolute path of the workspace
 * @param report takes progress, one plain line at a time
 */
export async function verifyAll(
  root: string,
  options: VerifyOptions,
  report: (line: string) => void,
): Promise<VerifyResult> {
  report('checking values against schemas and owners')
  const schemas = await options.steps.schemas()
  if (schemas.some(isError)) return summarise(schemas, [])
  report('comparing with the merge base: deletions, renames, shrinking storage')
  const guard = await options.steps.guard()
  const releases = readReleases(root)
  if (!releases.ok) return summarise([...schemas, ...guard, ...releases.findings], [])
  const inputs = await readInputs(root, releases.value)
  const updates = options.base ? await findUpdates(options.base, releases.value, inputs) : []
  const environments = options.environments.map((environment) => {
    const { name } = environment.definition
    return {
      environment,
      releases: releases.value.filter((release) => release.environment === name),
      inputs,
      updates: updates.filter(({ after }) => after.environment === name),
      approved: options.approved.filter(({ release }) => release.startsWith(`${name}/`)),
    }
  })
  const recalled = await Promise.all(environments.map((one) => recallEnvironment(root, one, options)))
  // Whatever needs no API server comes before one is there: together they would need too much memory.
  const charts = await verifyCharts({ root, charts: options.charts, tools: options.tools, report })
  const unknown = recalled.filter(({ known }) => known === undefined)
  const fresh = await learnReleases(root, unknown, report)
  const results: EnvironmentResult[] = []
  // One after another: each uses every core, and all share an API server.
  for (const { known, keep, ...environment } of recalled) {
    const { name } = environment.environment.definition
    if (known === undefined) report(`${name}: rendering, judging, checking ${rules.length} rules`)
    else report(`${name}: nothing has changed since it was verified`)
    const result = known ?? (await verifyEnvironment(root, environment, { ...options, fresh }, report))
    if (known === undefined) keep(result)
    results.push(result)
  }
  return summarise([...schemas, ...guard, ...charts.findings], results, charts.counts)
}

const isError = ({ severity }: Finding) => severity === 'error'

function summarise(
  findings: readonly Finding[],
  results: readonly EnvironmentResult[],
  charts: Pick<VerifyResult['counts'], 'tests' | 'cases'> = noCharts,
): VerifyResult {
  const sum = (count: (result: EnvironmentResult) => number) =>
    results.reduce((total, result) => total + count(result), 0)
  const sources = [...new Set(results.flatMap(({ counts }) => Object.keys(counts.skipped)))].sort()
  return {
    findings: sortFindings([...findings, ...results.flatMap((result) => result.findings)]),
    controls: joinControls(results.flatMap(({ controls }) => controls)),
    counts: {
      environments: results.length,
      releases: sum(({ counts }) => counts.releases),
      objects: sum(({ counts }) => counts.objects),
      skipped: Object.fromEntries(
        sources.map((source) => [source, sum(({ counts }) => counts.skipped[source] ?? 0)]),
      ),
      judged: {
        asked: sum(({ counts }) => counts.judged.asked),
        cached: sum(({ counts }) => counts.judged.cached),
      },
      rules: rules.length,
      tests: charts.tests,
      cases: {
        passed: charts.cases.passed + sum(({ counts }) => counts.cases.passed),
        failed: charts.cases.failed + sum(({ counts }) => counts.cases.failed),
        cached: charts.cases.cached + sum(({ counts }) => counts.cases.cached),
      },
    },
  }
}

const noCharts = { tests: { passed: 0, failed: 0 }, cases: { passed: 0, failed: 0, cached: 0 } }
