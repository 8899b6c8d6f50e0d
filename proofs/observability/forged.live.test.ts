import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readExamples, type Example, type Examples, type Series } from '../every-chart/alerts/example.ts'
import { toPromtoolFiles } from '../every-chart/alerts/promtool-test.ts'
import { renderChartCases } from '../every-chart/alerts/render-rules.ts'
import { findLabels, readSelector, type LabelsOf } from '../every-chart/alerts/series.ts'
import { root } from '../shared/root.ts'

// Whoever is scraped calls its metrics as it likes. What a service says fires no alert of the platform, and silences none:
// every example of every alert once more, as a service would say it.

/** What is written by whoever scrapes: what the target says of these is called `exported_...`. */
const SCRAPED: Record<string, string> = {
  job: 'forger',
  namespace: 'banking-services',
  service: 'forger',
  pod: 'forger-0',
  container: 'main',
  endpoint: 'http',
  instance: '10.0.0.9:8080',
}

const folder = join(root, 'charts/observability')
const cases = await renderChartCases(root, 'charts/observability')
const examples = await readExamples(folder)
let scratch = ''
let promtool = ''

beforeAll(async () => {
  promtool = (await ensureTools(['promtool'], console.error))['promtool'] ?? ''
  scratch = await mkdtemp(join(tmpdir(), 'opencore-forged-'))
})
afterAll(() => rm(scratch, { recursive: true }))

function forge(series: Series, labelsOf: LabelsOf): Series {
  const forged = Object.entries(series).map(([selector, values]) => {
    const { name, labels } = readSelector(selector, labelsOf)
    const own = Object.entries(labels).map(([key, value]) => [
      key in SCRAPED ? `exported_${key}` : key,
      value,
    ])
    const all = [...own, ...Object.entries(SCRAPED)].map(([key, value]) => `${key}="${value}"`)
    return [`${name}{${all.join(',')}}`, values] as const
  })
  return Object.fromEntries(forged)
}

/** The examples, each changed by what a service adds to it; those that this leaves without a meaning are left out. */
async function judge(change: (example: Example, labelsOf: LabelsOf, some: Example[]) => Example[]) {
  const files = examples.flatMap((one: Examples) => {
    const objects = cases.find(({ id }) => id === `observability/${one.name}`)?.objects ?? []
    const labelsOf = findLabels(objects, one.scrapes)
    const alerts = Object.entries(one.alerts).map(
      ([alert, some]) => [alert, some.flatMap((example) => change(example, labelsOf, some))] as const,
    )
    return toPromtoolFiles(objects, { ...one, alerts: Object.fromEntries(alerts) })
  })
  expect(files.length).toBeGreaterThan(5)
  const tests = files.map(async ({ name, rules, test }) => {
    const [ruleFile, testFile] = [join(scratch, `${name}.rules.json`), join(scratch, `${name}.json`)]
    await writeFile(ruleFile, JSON.stringify(rules))
    await writeFile(testFile, JSON.stringify({ rule_files: [ruleFile], ...test }))
    return testFile
  })
  const args = ['test', 'rules', ...(await Promise.all(tests))]
  const { failed, stderr } = await execa(promtool, args, { reject: false })
  return failed ? stderr : ''
}

const isEmpty = (series: Series) => Object.keys(series).length === 0

describe('what a service says', () => {
  it('fires no alert of the platform', async () => {
    const found = await judge((example, labelsOf, some) =>
      // An alert that nothing at all fires is fired by the absence of what it believes.
      some.some(({ series }) => isEmpty(series))
        ? []
        : [{ ...example, quiet: forge(example.series, labelsOf) }],
    )
    expect(found).toBe('')
  })

  it('silences none', async () => {
    const found = await judge((example, labelsOf) =>
      [example.quiet].flat().map((quiet) => ({
        ...example,
        series: { ...example.series, ...forge(quiet, labelsOf) },
        labels: example.labels ?? {},
        quiet: [],
      })),
    )
    expect(found).toBe('')
  })
})
