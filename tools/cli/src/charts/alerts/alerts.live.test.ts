import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../e2e/opencore.ts'
import { readCharts } from '../read-charts.ts'
import { renderChartCases, renderModel, type RenderedCase } from './render-rules.ts'
import { readRuleFiles } from './rule-file.ts'

// Prometheus itself judges the rules: promtool parses them, and evaluates them over series.

const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const cases = (await Promise.all(charts.map(({ folder }) => renderChartCases(root, folder)))).flat()
let folder = ''
let promtool = ''

// promtool is built for this test alone, once.
beforeAll(async () => {
  promtool = (await ensureTools(['promtool'], console.error))['promtool'] ?? ''
  folder = await mkdtemp(join(tmpdir(), 'opencore-alerts-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Write files as JSON, which is YAML, and have promtool judge them; what it complains of, or nothing. */
async function judge(args: string[], files: Record<string, unknown>): Promise<string> {
  const paths = await Promise.all(
    Object.entries(files).map(async ([name, content]) => {
      const path = join(folder, `${name.replaceAll('/', '.')}.json`)
      await writeFile(path, JSON.stringify(content))
      return path
    }),
  )
  const { failed, stdout, stderr } = await execa(promtool, [...args, ...paths], { reject: false })
  // Findings of the lint are on standard output, with all that is well.
  return failed ? stderr || stdout : ''
}

describe('promtool check rules', () => {
  const check = (rendered: readonly RenderedCase[]) => {
    const files = rendered.flatMap(({ id, objects }) =>
      readRuleFiles(objects).map((file, index) => [`${id}/${index}`, file] as const),
    )
    expect(files).not.toEqual([])
    return judge(['check', 'rules', '--lint=all', '--lint-fatal'], Object.fromEntries(files))
  }

  it('accepts the rules of every case of every chart', async () => {
    expect(await check(cases)).toBe('')
  })
  it('refuses what is no query', async () => {
    const rule = { alert: 'Broken', expr: 'up{' }
    const files = { broken: { groups: [{ name: 'broken', rules: [rule] }] } }
    expect(await judge(['check', 'rules'], files)).toContain('could not parse expression')
  })
  it('accepts the rules of every release', async () => {
    expect(await check(await renderModel(root))).toBe('')
  })
})
