import { formatFinding } from '@opencore/contract/findings'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartRef } from './chart-case.ts'
import { checkVersions } from './check-versions.ts'

const charts: ChartRef[] = [{ name: 'demo', folder: 'charts/demo', type: 'application' }]
let root = ''
let tools = { ct: '', helm: '' }

const git = (...args: string[]) =>
  execa('git', ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost', ...args], { cwd: root })

const lock = (version: string, digest: string) =>
  `demo: { version: ${version}, digest: ${digest} }\nother: { version: 1.0.0, digest: sha256:cc }\n`

/** Commit one changed file on a branch of its own, and check it. */
async function change(file: string, edit: (text: string) => string): Promise<string[]> {
  await git('checkout', '--quiet', '-B', 'work', 'main')
  await writeFile(join(root, file), edit(await readFile(join(root, file), 'utf8')))
  await git('commit', '--quiet', '--all', '--message', 'change')
  return (await checkVersions(root, charts, 'heads/main', tools)).map(formatFinding)
}

beforeAll(async () => {
  const { ct = '', helm = '' } = await ensureTools(['ct', 'helm'], console.error)
  tools = { ct, helm }
  root = await mkdtemp(join(tmpdir(), 'opencore-versions-test-'))
  await cp(join(import.meta.dirname, 'fixtures/workspace'), root, { recursive: true })
  // A chart as ct would take it: without the suite and the case that are there to fail.
  await rm(join(root, 'charts/demo/ci'), { recursive: true })
  await writeFile(join(root, 'charts/demo/.helmignore'), '/tests/\n')
  await writeFile(join(root, 'charts.lock'), lock('1.2.3', 'sha256:aa'))
  await git('init', '--quiet', '--initial-branch=main')
  await git('add', '.')
  await git('commit', '--quiet', '--message', 'start')
})
afterAll(() => rm(root, { recursive: true, force: true }))

describe(checkVersions, () => {
  it('refuses a changed chart with the version of before, and leaves nothing behind', async () => {
    expect(await change('charts/demo/values.yaml', (text) => `${text}# more\n`)).toEqual([
      expect.stringContaining('chart demo changed since heads/main and has the same version'),
    ])
    expect((await git('worktree', 'list')).stdout.split('\n')).toHaveLength(1)
    expect((await git('status', '--porcelain')).stdout).toBe('')
  })

  it('takes a changed chart with a higher version', async () => {
    expect(
      await change('charts/demo/Chart.yaml', (text) => text.replace(/version: \S+/, 'version: 9.0.0')),
    ).toEqual([])
  })

  it('takes a change of what is in no package', async () => {
    expect(await change('charts/demo/tests/config-map_test.yaml', (text) => `${text}# more\n`)).toEqual([])
  })

  it('refuses other content of a package under the version of before', async () => {
    expect(await change('charts.lock', () => lock('1.2.3', 'sha256:bb'))).toEqual([
      `charts/demo/Chart.yaml: the package of chart demo changed since heads/main, by a chart that it depends on, and has the same version  [CHART_VERSION]
  want  a higher version of every chart that changed: a published version never changes
  next  raise \`version\`, also where an umbrella depends on it`,
    ])
    expect(await change('charts.lock', () => lock('1.2.4', 'sha256:bb'))).toEqual([])
  })

  it('refuses a branch that is not there', async () => {
    const findings = await checkVersions(root, charts, 'origin/nowhere', tools)
    expect(findings.map(formatFinding)).toEqual([
      `--since: there is no branch "origin/nowhere"  [BRANCH_UNKNOWN]
  want  a branch that git knows here, such as origin/main
  next  run: git fetch, or correct the name`,
    ])
  })
})
