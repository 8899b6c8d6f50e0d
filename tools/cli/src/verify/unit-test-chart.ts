import type { Finding } from '@opencore/contract'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChartRef } from './chart-case.ts'
import { readUnitTests, type UnitTests } from './read-unit-tests.ts'
import { buildDependencies } from '@opencore/charts'
import { runTool } from './run-tool.ts'
import { inScratchTree } from './scratch-tree.ts'

/** Run a chart's own suites (tests/*_test.yaml) by helm-unittest, strictly. */
export function testChart(
  root: string,
  chart: ChartRef,
  folders: readonly string[],
  tools: { 'helm-unittest': string; helm: string },
): Promise<UnitTests> {
  return inScratchTree(root, folders, async (scratch) => {
    const problems: string[] = []
    await buildDependencies(scratch, folders, async (folder) => {
      const build = await runTool(tools.helm, ['dependency', 'build', folder], scratch, tools.helm)
      if (build.exitCode !== 0) problems.push(build.output)
    })
    if (problems.length > 0) return { passed: 0, failed: 1, findings: [broken(chart, problems.join('\n'))] }
    // XUnit, for it alone among the formats names the file of a suite.
    const args = [
      '--strict',
      '--with-subchart=false',
      '--output-type',
      'XUnit',
      '--output-file',
      'result.xml',
      chart.folder,
    ]
    const { exitCode, output } = await runTool(tools['helm-unittest'], args, scratch, tools.helm)
    const result = readUnitTests(await readFile(join(scratch, 'result.xml'), 'utf8').catch(() => ''))
    // A suite that cannot be read is in no result file: only the output tells.
    if (exitCode === 0 || result.failed > 0) return result
    return { ...result, failed: result.failed + 1, findings: [...result.findings, broken(chart, output)] }
  })
}

function broken({ folder }: ChartRef, output: string): Finding {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const start = lines.findIndex((line) => /\bFAIL\b|Error:/.test(line))
  return {
    code: 'CHART_TEST_BROKEN',
    severity: 'error',
    at: { file: `${folder}/tests` },
    found: `the suites cannot be run: ${lines
      .slice(Math.max(start, 0), Math.max(start, 0) + 5)
      .join('\n')
      .trim()}`,
    wanted: 'suites that helm-unittest can read',
    next: 'correct the suite that it names',
  }
}
