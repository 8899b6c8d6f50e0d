import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listStrangeTopics } from '../metrics/list-unscraped.ts'
import { root } from '../../shared/root.ts'
import { readCharts } from '@opencore/charts'
import { readExamples } from './example.ts'
import { toPromtoolFiles } from './promtool-test.ts'
import { renderChartCases, renderModel, type RenderedCase } from './render-rules.ts'
import { readRuleFiles, readRules } from './rule-file.ts'

// Prometheus itself judges the rules: promtool parses them, and evaluates them over series.

const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const cases = (await Promise.all(charts.map(({ folder }) => renderChartCases(root, folder)))).flat()
let scratch = ''
let promtool = ''

// promtool is built for this test alone, once: about 3 min.
beforeAll(async () => {
  promtool = (await ensureTools(['promtool'], console.error))['promtool'] ?? ''
  scratch = await mkdtemp(join(tmpdir(), 'opencore-alerts-'))
})
afterAll(() => rm(scratch, { recursive: true }))

/** Write a file as JSON, which is YAML; its path. */
async function write(name: string, content: unknown): Promise<string> {
  const path = join(scratch, `${name.replaceAll('/', '.')}.json`)
  await writeFile(path, JSON.stringify(content))
  return path
}

/** What promtool complains of, or nothing. */
async function judge(...args: string[]): Promise<string> {
  const { failed, stdout, stderr } = await execa(promtool, args, { reject: false })
  // Findings of the lint are on standard output, with all that is well.
  return failed ? stderr || stdout : ''
}

describe('promtool check rules', () => {
  const check = async (rendered: readonly RenderedCase[]) => {
    const files = rendered.flatMap(({ id, objects }) =>
      readRuleFiles(objects).map((file, index) => write(`${id}/${index}`, file)),
    )
    expect(files).not.toEqual([])
    return judge('check', 'rules', '--lint=all', '--lint-fatal', ...(await Promise.all(files)))
  }

  it('accepts the rules of every case of every chart', async () => {
    expect(await check(cases)).toBe('')
  })
  it('accepts the rules of every release', async () => {
    expect(await check(await renderModel(root))).toBe('')
  })
  it('refuses what is no query', async () => {
    const file = await write('broken', { groups: [{ name: 'broken', rules: [{ alert: 'A', expr: 'up{' }] }] })
    expect(await judge('check', 'rules', file)).toContain('could not parse expression')
  })
})

const alerting = charts
  .map(({ name, folder }) => ({
    name,
    folder,
    rendered: cases.filter(({ id }) => id.startsWith(`${name}/`)),
  }))
  .filter(({ rendered }) => rendered.some(({ objects }) => readRuleFiles(objects).length > 0))

describe.each(alerting)('promtool test rules of $name', async ({ name: chart, folder, rendered }) => {
  const examples = await readExamples(join(root, folder))

  it('has an example of every alert that a case renders, and of no other', () => {
    const shown = examples.flatMap(({ alerts }) => Object.keys(alerts))
    const rules = rendered.flatMap(({ objects }) => readRules(objects))
    const wanted = rules.flatMap(({ alert }) => alert ?? [])
    expect([...new Set(shown)].sort()).toEqual([...new Set(wanted)].sort())
  })
  it('has examples with topics that are made', () => {
    const strange = examples.flatMap(({ name, alerts }) => {
      const { objects = [] } = rendered.find(({ id }) => id === `${chart}/${name}`) ?? {}
      const given = Object.entries(alerts).flatMap(([by, some]) =>
        some
          .flatMap(({ series, quiet }) => [series, ...[quiet].flat()].flatMap(Object.keys))
          .map((text) => ({ by, text })),
      )
      return listStrangeTopics(given, objects)
    })
    expect(strange).toEqual([])
  })
  it('fires each alert in time, with what it says, and only then', async () => {
    const files = examples.flatMap((some) => {
      const found = rendered.find(({ id }) => id === `${chart}/${some.name}`)
      if (!found) throw new Error(`${folder}/ci has no case ${some.name}`)
      return toPromtoolFiles(found.objects, some)
    })
    const tests = files.map(async ({ name, rules, test }) => {
      const rule_files = [await write(`${chart}.${name}.rules`, rules)]
      return write(`${chart}.${name}`, { rule_files, ...test })
    })
    expect(await judge('test', 'rules', ...(await Promise.all(tests)))).toBe('')
  })
})
