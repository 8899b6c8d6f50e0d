import type { Finding } from '@opencore/contract'
import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildDependencies } from '../charts/build-dependencies.ts'
import { listChartFolders } from '../charts/list-chart-folders.ts'
import type { ChartRef } from './chart-case.ts'
import { lintFlags } from './lint-case.ts'
import { runTool } from './run-tool.ts'

/** What ct prints of a chart that changed and has the version of before. */
const unchanged = /^ ✖︎ (?<chart>\S+) => .*> chart version not ok\. Needs a version bump!/gm

/**
 * Charts that changed since they left a branch (`origin/main`) and still have its version, as ct says: once
 * published, a version is never anything else. What `.helmignore` names may change freely.
 * Works on what is committed, in a work tree of its own, since helm writes into charts.
 */
export async function checkVersions(
  root: string,
  charts: readonly ChartRef[],
  branch: string,
  tools: { ct: string; helm: string },
): Promise<Finding[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-versions-'))
  const tree = join(scratch, 'tree')
  const git = (...args: string[]) => execa('git', args, { cwd: root })
  try {
    await git('worktree', 'add', '--quiet', '--detach', tree, 'HEAD')
    for (const { folder } of charts)
      await buildDependencies(tree, (await listChartFolders(tree, folder)).slice(1), (inner) =>
        runTool(tools.helm, ['dependency', 'build', inner], tree, tools.helm),
      )
    const [remote = '', ...target] = branch.split('/')
    const at = ['--remote', remote, '--target-branch', target.join('/'), '--use-helmignore']
    const flags = lintFlags.filter((flag) => !flag.startsWith('--check-version-increment'))
    const args = ['lint', '--chart-dirs', 'charts', ...at, ...flags]
    const { exitCode, output } = await runTool(tools.ct, args, tree, tools.helm)
    return readVersions(output, exitCode, branch)
  } finally {
    await git('worktree', 'remove', '--force', tree).catch(() => undefined)
    await rm(scratch, { recursive: true, force: true })
  }
}

/** The charts that ct wants a higher version of; when it failed for another reason, the end of what it said. */
export function readVersions(output: string, exitCode: number, branch: string): Finding[] {
  const finding = (file: string, found: string, next: string): Finding => ({
    code: 'CHART_VERSION',
    severity: 'error',
    at: { file },
    found,
    wanted: 'a higher version of every chart that changed: a published version never changes',
    next,
  })
  const findings = [...output.matchAll(unchanged)].map(({ groups }) => {
    const chart = groups?.['chart'] ?? ''
    const found = `chart ${chart} changed since ${branch} and has the same version`
    return finding(
      `charts/${chart}/Chart.yaml`,
      found,
      'raise `version`, also where an umbrella depends on it',
    )
  })
  if (exitCode === 0 || findings.length > 0) return findings
  const tail = output.trim().split('\n').slice(-5).join('\n')
  return [finding('charts', `ct ended with exit code ${exitCode}:\n${tail}`, 'repair what ct names')]
}
