import { formatFinding } from '@opencore/contract/findings'
import { cacheFolder, ensureTools } from '@opencore/toolchain'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ChartRef } from './chart-case.ts'
import { verifyCharts, type ChartsRequest } from './verify-charts.ts'

const charts: ChartRef[] = [
  { name: 'demo', folder: 'charts/demo', type: 'application' },
  { name: 'library', folder: 'charts/library', type: 'library' },
]
const suite = 'charts/demo/tests/config-map_test.yaml'
let root = ''
let tools: ChartsRequest['tools']

const release = (name: string, text: string) => ({
  chart: 'demo',
  file: `argocd/dev/values/${name}.yaml`,
  text,
})
const verify = async (...values: ChartsRequest['values']) => {
  const { findings, counts } = await verifyCharts({ root, charts, values, tools, report: () => undefined })
  return { counts, findings: findings.map(formatFinding).join('\n') }
}

beforeAll(async () => {
  const { helm = '', 'helm-unittest': unittest = '' } = await ensureTools(
    ['helm', 'helm-unittest', 'renderer'],
    console.error,
  )
  tools = { helm, 'helm-unittest': unittest }
  root = await mkdtemp(join(tmpdir(), 'workspace-'))
  // Results of this test are none of the user's; the tools are: building them takes minutes.
  const cache = join(root, '.cache')
  await mkdir(cache)
  await symlink(join(cacheFolder(), 'bin'), join(cache, 'bin'))
  vi.stubEnv('OPENCORE_CACHE', cache)
  await cp(join(import.meta.dirname, 'fixtures/workspace'), root, { recursive: true })
})

afterAll(() => rm(root, { recursive: true }))

describe(verifyCharts, () => {
  test('reports every failing test and every failing case', async () => {
    const { counts, findings } = await verify(
      release('good', 'name: good\n'),
      release('typo', 'nmae: bad\nreplicas: many\n'),
      release('refused', 'name: forbidden\n'),
    )
    expect(counts).toEqual({ tests: { passed: 1, failed: 1 }, cases: { passed: 2, failed: 2, cached: 0 } })
    await expect(`${findings}\n`).toMatchFileSnapshot('fixtures/failing-cases.txt')
  })

  test('runs nothing again that did not change', async () => {
    const { counts } = await verify(release('good', 'name: good\n'), release('other', 'name: other\n'))
    expect(counts.cases).toEqual({ passed: 3, failed: 0, cached: 2 })
    await writeFile(join(root, 'charts/library/templates/_more.tpl'), '')
    expect((await verify(release('good', 'name: good\n'))).counts.cases).toMatchObject({
      passed: 2,
      cached: 0,
    })
  })

  test('reports a suite that cannot be read', async () => {
    await writeFile(join(root, suite), 'suite: broken\nfoo: bar\ntests: []\n')
    const { counts, findings } = await verify()
    expect(counts.tests).toEqual({ passed: 0, failed: 1 })
    expect(findings).toContain('field foo not found')
  })
})
