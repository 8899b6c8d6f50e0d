import { readCharts } from '@opencore/charts'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readExamples, type Series } from '../alerts/example.ts'
import { renderChartCases, renderModel, type RenderedCase } from '../alerts/render-rules.ts'
import { findLabels } from '../alerts/series.ts'
import { listUnknown } from '../metrics/list-unknown.ts'
import { listStrangeTopics } from '../metrics/list-unscraped.ts'
import { readInventories } from '../metrics/read-inventories.ts'
import { root } from '../../shared/root.ts'
import { listUnreadable } from './list-unreadable.ts'
import { toQueryFiles } from './promtool-queries.ts'
import { listPanelQueries, readDashboards } from './read-dashboards.ts'

// Grafana's own types judge what dashboards are, and Prometheus itself what their queries find.

const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const cases = (await Promise.all(charts.map(({ folder }) => renderChartCases(root, folder)))).flat()
const inventories = await readInventories()
let scratch = ''
let tools: Record<string, string> = {}

// promtool is built once, in 3 min, and Grafana's types in less than one.
beforeAll(async () => {
  tools = await ensureTools(['promtool', 'grafana-dashboard'], console.error)
  scratch = await mkdtemp(join(tmpdir(), 'opencore-dashboards-'))
})
afterAll(() => rm(scratch, { recursive: true }))

async function write(name: string, content: unknown): Promise<string> {
  const path = join(scratch, `${name.replaceAll('/', '.')}.json`)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** What a tool complains of, or nothing. */
async function judge(tool: string, ...args: string[]): Promise<string> {
  const { failed, stdout, stderr } = await execa(tools[tool] ?? '', args, { reject: false })
  return failed ? stderr || stdout : ''
}

/** Those of charts: a team brings what it likes. */
const ownDashboards = ({ objects }: RenderedCase) => readDashboards(objects).filter(({ isOwn }) => isOwn)
const showing = (rendered: readonly RenderedCase[]) => rendered.filter((one) => ownDashboards(one).length > 0)

const writeDashboards = (rendered: readonly RenderedCase[]) =>
  Promise.all(
    rendered.flatMap((one) => ownDashboards(one).map(({ id, text }) => write(`${one.id}.${id}`, text))),
  )

describe('dashboards', () => {
  it('of every case of every chart are what Grafana takes', async () => {
    expect(await judge('grafana-dashboard', ...(await writeDashboards(showing(cases))))).toBe('')
  })
  it('of every release are what Grafana takes', async () => {
    const files = await writeDashboards(showing(await renderModel(root)))
    expect(files.length).toBeGreaterThan(10)
    expect(await judge('grafana-dashboard', ...files)).toBe('')
  })
  it.each([
    [{ heading: 'a' }, 'unexpected field'],
    [{ panels: [{ type: 'stat', options: { grafMode: 'none' } }] }, 'unexpected field'],
    [{ panels: [{ type: 'timeseries', fieldConfig: { defaults: { unit: 1 } } }] }, 'cannot unmarshal number'],
  ])('are refused where Grafana knows no such thing: %j', async (strange, found) => {
    const file = await write('strange', { schemaVersion: 42, templating: {}, annotations: {}, ...strange })
    expect(await judge('grafana-dashboard', file)).toContain(found)
  })
  it.each(showing(cases))('of $id can be read', (rendered) => {
    expect(ownDashboards(rendered).flatMap(listUnreadable)).toEqual([])
  })
})

/** Everything that is exported beside a release of a case: series of the examples of its alerts, and those of a good day. */
async function readSeries(folder: string, name: string): Promise<Series | undefined> {
  const file = join(root, folder, 'tests', 'dashboards', `${name}.yaml`)
  if (!existsSync(file)) return undefined
  return parse(await readFile(file, 'utf8')) as Series
}

const asked = charts.map(({ name, folder }) => ({
  name,
  folder,
  rendered: showing(cases).filter(({ id }) => id.startsWith(`${name}/`)),
}))

describe.each(asked.filter(({ rendered }) => rendered.length > 0))(
  'queries of $name',
  ({ name, folder, rendered }) => {
    it('find something, each of them, on a good day', async () => {
      const examples = await readExamples(join(root, folder))
      const found = rendered.map(async (one) => {
        const { id, objects } = one
        const only = id.slice(name.length + 1)
        const series = await readSeries(folder, only)
        if (!series) return []
        const { scrapes = {} } = examples.find((some) => some.name === only) ?? {}
        const given = Object.keys(series).map((text) => ({ by: `${only}.yaml`, text }))
        expect(listUnknown(given, objects, inventories)).toEqual([])
        expect(listStrangeTopics(given, objects)).toEqual([])
        const queries = ownDashboards(one).flatMap(listPanelQueries)
        const { rules, test } = toQueryFiles(objects, queries, series, findLabels(objects, scrapes))
        const rule_files = [await write(`${id}.rules`, rules)]
        return [await write(id, { rule_files, ...test })]
      })
      const files = (await Promise.all(found)).flat()
      expect(files).not.toEqual([])
      expect(await judge('promtool', 'test', 'rules', ...files)).toBe('')
    })
  },
)

describe(toQueryFiles, () => {
  it.each([
    ['up{job="nobody"}', 'up{job="example"}'],
    ['upp', 'up'],
  ])('lets %s fail, which finds nothing, and not %s', async (text, right) => {
    const ask = async (query: string) => {
      const asked = [{ by: 'A panel', text: query }]
      const { rules, test } = toQueryFiles([], asked, { up: 1 }, () => ({ job: 'example' }))
      return judge(
        'promtool',
        'test',
        'rules',
        await write('asked', { rule_files: [await write('none', rules)], ...test }),
      )
    }
    expect(await ask(text)).toContain('got: nil')
    expect(await ask(right)).toBe('')
  })
})

describe(listUnreadable, () => {
  it('tells what a panel lacks', () => {
    const gridPos = { x: 0, y: 0, w: 8, h: 8 }
    const panels = [
      { id: 1, type: 'stat', title: 'A', description: 'a', gridPos, targets: [{ expr: 'up' }] },
      { id: 1, type: 'stat', title: 'B', gridPos: { ...gridPos, x: 7 } },
    ]
    expect(listUnreadable({ id: 'd', text: '', isOwn: true, panels })).toEqual([
      'd: A has no unit',
      'd: A has no legend',
      'd: A has no thresholds',
      'd: B has no description',
      'd: B has no unit',
      'd: B has no query',
      'd: B has no thresholds',
      'd: A lies over B',
      'd: two panels have one id',
    ])
  })
})
