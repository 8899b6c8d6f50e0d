import type { Finding } from '@opencore/contract'
import { execaGit, findBranch } from '@opencore/delivery'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { buildDependencies, listChartFolders } from '@opencore/charts'
import { readIfPresent } from '../files/read-if-present.ts'
import type { ChartRef } from './chart-case.ts'
import { runTool } from './run-tool.ts'

/** The formatter and ajv do better what these would do; maintainers are asked of a git host. */
const versionsAlone = [
  '--validate-maintainers=false',
  '--validate-yaml=false',
  '--validate-chart-schema=false',
]

/** What ct prints of a chart that changed and has the version of before. */
const unchanged = /^ ✖︎ (?<chart>\S+) => .*> chart version not ok\. Needs a version bump!/gm

/** charts.lock, as `planLock` prints it. */
type Lock = Record<string, { version: string; digest: string }>

/**
 * Charts that changed since they left a branch (`origin/main`) and still have its version: once published, a version
 * is never anything else. ct says it of a chart's own files; charts.lock of what comes from others, such as `common`.
 */
export async function checkVersions(
  root: string,
  charts: readonly ChartRef[],
  branch: string,
  tools: { ct: string; helm: string },
): Promise<Finding[]> {
  const { stdout: folder } = await git(root, 'rev-parse', '--path-format=absolute', '--git-dir')
  const ref = await findBranch({ folder }, branch)
  if (ref === undefined) return [unknownBranch(branch)]
  const since = { branch, ref }
  const own = await checkOwnFiles(root, charts, since, tools)
  const named = new Set(own.map(({ at }) => at.file))
  return [...own, ...(await checkPackages(root, since)).filter(({ at }) => !named.has(at.file))]
}

/**
 * What ct says of each chart's own files; what `.helmignore` names may change freely.
 * Works on what is committed, in a work tree of its own, since helm writes into charts.
 */
async function checkOwnFiles(
  root: string,
  charts: readonly ChartRef[],
  { branch, ref }: Since,
  tools: { ct: string; helm: string },
): Promise<Finding[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-versions-'))
  const tree = join(scratch, 'tree')
  try {
    await execaGit(
      'git',
      ['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--quiet', '--detach', tree, 'HEAD'],
      { cwd: root },
    )
    for (const { folder } of charts)
      await buildDependencies(tree, listChartFolders(tree, folder).slice(1), (inner) =>
        runTool(tools.helm, ['dependency', 'build', inner], tree, tools.helm),
      )
    // ct joins the two to a revision, and by a short one git may take a tag.
    const [remote = '', target = ''] = ref.split(/\/(?=[^/]*$)/)
    const at = ['--remote', remote, '--target-branch', target, '--use-helmignore']
    const args = ['lint', '--chart-dirs', 'charts', ...at, ...versionsAlone]
    const { exitCode, output } = await runTool(tools.ct, args, tree, tools.helm)
    return readVersions(output, exitCode, branch)
  } finally {
    await git(root, 'worktree', 'remove', '--force', tree)
    await rm(scratch, { recursive: true, force: true })
  }
}

/** The charts whose packages hold something else than where the branch was left, under the same version. */
async function checkPackages(root: string, { branch, ref }: Since): Promise<Finding[]> {
  const base = await git(root, 'merge-base', 'HEAD', ref)
  const before = readLock((await git(root, 'show', `${base.stdout}:charts.lock`)).stdout)
  const now = readLock((await readIfPresent(join(root, 'charts.lock'))) ?? '')
  return Object.entries(now)
    .filter(([chart, { version, digest }]) => {
      const published = before[chart]
      return published?.version === version && published.digest !== digest
    })
    .map(([chart]) => {
      const found = `the package of chart ${chart} changed since ${branch}, by a chart that it depends on, and has the same version`
      return finding(`charts/${chart}/Chart.yaml`, found, raise)
    })
}

/** A branch as a person names it, and its whole name. */
interface Since {
  branch: string
  ref: string
}

const git = (root: string, ...args: string[]) => execaGit('git', args, { cwd: root, reject: false })

const unknownBranch = (branch: string): Finding => ({
  code: 'BRANCH_UNKNOWN',
  severity: 'error',
  at: { file: '--since' },
  found: `there is no branch "${branch}"`,
  wanted: 'a branch that git knows here, such as origin/main',
  next: 'run: git fetch, or correct the name',
})

const readLock = (text: string) => (parse(text) ?? {}) as Lock

/** The charts that ct wants a higher version of; when it failed for another reason, the end of what it said. */
export function readVersions(output: string, exitCode: number, branch: string): Finding[] {
  const findings = [...output.matchAll(unchanged)].map(({ groups }) => {
    const chart = groups?.['chart'] ?? ''
    const found = `chart ${chart} changed since ${branch} and has the same version`
    return finding(`charts/${chart}/Chart.yaml`, found, raise)
  })
  if (exitCode === 0 || findings.length > 0) return findings
  const tail = output.trim().split('\n').slice(-5).join('\n')
  return [finding('charts', `ct ended with exit code ${exitCode}:\n${tail}`, 'repair what ct names')]
}

const raise = 'raise `version`, also where an umbrella depends on it'

const finding = (file: string, found: string, next: string): Finding => ({
  code: 'CHART_VERSION',
  severity: 'error',
  at: { file },
  found,
  wanted: 'a higher version of every chart that changed: a published version never changes',
  next,
})
