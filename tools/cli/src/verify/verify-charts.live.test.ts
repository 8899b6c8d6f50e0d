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
const fixture = join(import.meta.dirname, 'fixtures/workspace')
const suite = 'charts/demo/tests/config-map_test.yaml'
let root = ''
let tools: ChartsRequest['tools']

/** Beside the chart's own case. */
const verify = async (cases: Record<string, string> = {}) => {
  const ci = join(root, 'charts/demo/ci')
  await rm(ci, { recursive: true })
  await cp(join(fixture, 'charts/demo/ci'), ci, { recursive: true })
  for (const [name, text] of Object.entries(cases)) await writeFile(join(ci, `${name}-values.yaml`), text)
  const { findings, counts } = await verifyCharts({ root, charts, tools, report: () => undefined })
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
  await cp(fixture, root, { recursive: true })
})

afterAll(() => rm(root, { recursive: true }))

describe(verifyCharts, () => {
  test('reports every failing test and every failing case', async () => {
    const { counts, findings } = await verify({
      good: 'name: good\n',
      typo: 'nmae: bad\nreplicas: many\n',
      refused: 'name: forbidden\n',
    })
    expect(counts).toEqual({ tests: { passed: 1, failed: 1 }, cases: { passed: 2, failed: 2, cached: 0 } })
    await expect(`${findings}\n`).toMatchFileSnapshot('fixtures/failing-cases.txt')
  })

  test('runs nothing again that did not change', async () => {
    const cases = { good: 'name: good\n', other: 'name: other\n' }
    expect((await verify(cases)).counts.cases).toEqual({ passed: 3, failed: 0, cached: 0 })
    expect((await verify(cases)).counts.cases).toEqual({ passed: 3, failed: 0, cached: 3 })
    await writeFile(join(root, 'charts/library/templates/_more.tpl'), '')
    expect((await verify(cases)).counts.cases).toEqual({ passed: 3, failed: 0, cached: 0 })
  })

  test('reports a suite that cannot be read', async () => {
    await writeFile(join(root, suite), 'suite: broken\nfoo: bar\ntests: []\n')
    const { counts, findings } = await verify()
    expect(counts.tests).toEqual({ passed: 0, failed: 1 })
    expect(findings).toContain('field foo not found')
  })
})
