import type { Finding } from '@opencore/contract'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { glob } from 'tinyglobby'
import type { ChartCase, ChartRef } from './chart-case.ts'
import { digestFolders, digestTexts, listChartFolders } from '@opencore/charts'
import { countCases, lintCases, type LintedCase } from './lint-cases.ts'
import type { UnitTests } from './read-unit-tests.ts'
import { cached } from '@opencore/toolchain'
import { suiteChart } from './suite-chart.ts'
import type { VerifyCounts } from './verify-counts.ts'
import { testChart } from './unit-test-chart.ts'

/** Raise it when a change of the code changes results: it is part of every key. */
const VERSION = '1'

export interface ChartsRequest {
  /** Absolute path of the workspace. */
  root: string
  charts: readonly ChartRef[]
  /** Absolute paths; a new build of a tool has a new path. */
  tools: { helm: string; 'helm-unittest': string }
  report: (line: string) => void
}

export interface ChartsResult {
  findings: Finding[]
  /** Suites' tests, and cases: a chart with values of its own. */
  counts: Pick<VerifyCounts, 'tests' | 'cases'>
}

/**
 * Run the field's own tools over every chart: its suites by helm-unittest, and Helm's linter with its own ci cases;
 * what releases render is linted with their environment. As many at once as there are cores; all failures, not only the
 * first; what did not change since an earlier run is not run again. ct would only call `helm lint` here: versions are
 * checked where there is a branch to compare with, and formatter and schemas do better what its other flags would.
 */
export async function verifyCharts(request: ChartsRequest): Promise<ChartsResult> {
  const { root, tools, report } = request
  const limit = pLimit(availableParallelism())
  const prepared = await Promise.all(
    request.charts
      .map((chart) => suiteChart(root, chart))
      .filter((chart) => chart !== undefined)
      .map(async (chart) => {
        const folders = listChartFolders(root, chart.folder)
        return { chart, folders, digest: await digestFolders(root, folders) }
      }),
  )
  const tests = prepared.map(({ chart, folders, digest }) => {
    const key = digestTexts([VERSION, 'tests', digest, tools['helm-unittest'], tools.helm])
    return limit(() => cached<UnitTests>(key, () => testChart(root, chart, folders, tools)))
  })
  const cases = (await Promise.all(prepared.map(({ chart }) => listCases(root, chart)))).flat()
  report(`charts: ${tests.length} charts with their suites, ${cases.length} cases to lint`)
  const [tested, linted] = await Promise.all([Promise.all(tests), lintCases(root, cases, report)])
  return summarise(
    tested.map(({ value }) => value),
    linted,
  )
}

async function listCases(root: string, chart: ChartRef): Promise<ChartCase[]> {
  const own = (await glob(`${chart.folder}/ci/*-values.yaml`, { cwd: root })).sort()
  return Promise.all(
    own.map(async (file) => ({ chart, file, values: await readFile(join(root, file), 'utf8') })),
  )
}

function summarise(tests: readonly UnitTests[], lints: readonly LintedCase[]): ChartsResult {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  return {
    findings: [...tests.flatMap(({ findings }) => findings), ...lints.flatMap(({ findings }) => findings)],
    counts: {
      tests: {
        passed: sum(tests.map(({ passed }) => passed)),
        failed: sum(tests.map(({ failed }) => failed)),
      },
      cases: countCases(lints),
    },
  }
}
