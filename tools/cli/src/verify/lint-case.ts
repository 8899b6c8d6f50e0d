import type { Finding } from '@opencore/contract'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ChartCase } from './chart-case.ts'
import { buildDependencies } from '@opencore/charts'
import { runTool } from './run-tool.ts'
import { inScratchTree } from './scratch-tree.ts'

/** The formatter and ajv do better what the last two would do; versions and maintainers are not a case's. */
export const lintFlags = [
  '--check-version-increment=false',
  '--validate-maintainers=false',
  '--validate-yaml=false',
  '--validate-chart-schema=false',
] as const

/** Lint one chart with one values file by ct. `folders` are the chart's and its dependencies', the chart's first. */
export function lintCase(
  root: string,
  { chart, name, file, values }: ChartCase,
  folders: readonly string[],
  tools: { ct: string; helm: string },
): Promise<Finding[]> {
  return inScratchTree(root, folders, async (scratch) => {
    const cases = join(scratch, chart.folder, 'ci')
    await rm(cases, { recursive: true, force: true })
    await mkdir(cases)
    await writeFile(join(cases, `${name}-values.yaml`), values)
    // ct builds the dependencies of the chart itself, not those of its dependencies.
    await buildDependencies(scratch, folders.slice(1), (folder) =>
      runTool(tools.helm, ['dependency', 'build', folder], scratch, tools.helm),
    )
    const others = folders.slice(1).map((folder) => basename(folder))
    const excluded = others.length > 0 ? ['--excluded-charts', others.join(',')] : []
    const args = ['lint', '--all', '--chart-dirs', 'charts', ...excluded, ...lintFlags]
    const { exitCode, output } = await runTool(tools.ct, args, scratch, tools.helm)
    return readLint(output, exitCode, chart.name, file)
  })
}

/** `[ERROR] templates/: ...`, and the lines that belong to it. */
const problem = /^\[(?<level>ERROR|WARNING)\] (?<text>.*(?:\n(?!\[|==>|\d+ chart|level=|-{10}|\s*$).+)*)/gm

/** What helm's linter said, as ct printed it. */
export function readLint(output: string, exitCode: number, chart: string, file: string): Finding[] {
  const finding = (severity: Finding['severity'], text: string): Finding => ({
    code: 'CHART_LINT',
    severity,
    at: { file },
    found: `chart ${chart} with these values: ${text.trim()}`,
    wanted: 'values that helm lint accepts',
    next: `correct the values, or the template in charts/${chart}`,
  })
  const findings = [...output.matchAll(problem)].flatMap(({ groups }) => {
    const { level, text = '' } = groups ?? {}
    return finding(level === 'ERROR' ? 'error' : 'warning', text)
  })
  if (exitCode === 0 || findings.some(({ severity }) => severity === 'error')) return findings
  // No line that says why: the end of the output has to do.
  const tail = output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-5)
    .join('\n')
  return [...findings, finding('error', `ct ended with exit code ${exitCode}:\n${tail}`)]
}
