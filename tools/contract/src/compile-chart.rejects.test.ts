import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { compileChart } from './compile-chart.ts'
import { formatFinding, sortFindings } from './finding.ts'
import { testApis, testChart } from './testing.ts'

const fixtures = new URL('../fixtures/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, fixtures), 'utf8')
const apis = testApis(JSON.parse(read('openapi.json')), parse(read('crd.yaml')))
const mistakes = readdirSync(new URL('rejects/schema/', fixtures)).filter((name) => name.endsWith('.yaml'))

describe(compileChart, () => {
  it.each(mistakes)('refuses %s', async (name) => {
    const result = compileChart(testChart(read(`rejects/schema/${name}`)), apis)
    expect(result.ok).toBe(false)
    const text = result.ok ? '' : sortFindings(result.findings).map(formatFinding).join('\n')
    await expect(`${text}\n`).toMatchFileSnapshot(
      `../fixtures/rejects/schema/${name.replace('.yaml', '.txt')}`,
    )
  })

  it('names what could not be reached when a kind is unknown', () => {
    const skipped = [{ source: 'strimzi', reason: 'unreachable' }]
    const chart = testChart(read('rejects/schema/reference-to-unknown-kind.yaml'))
    const result = compileChart(chart, { ...apis, skipped })
    expect(!result.ok && result.findings.map(({ found }) => found)).toContain(
      'kind kafka.strimzi.io/v1/Kafka is in no API definition; skipped: strimzi (unreachable)',
    )
  })

  it.each([
    ['no', '# demo\n'],
    ['two', '<!-- values -->\n\n<!-- values -->\n'],
  ])('refuses a README template with %s place for the table', (_, readmeTemplate) => {
    const result = compileChart(testChart(read('demo.schema.yaml'), { readmeTemplate }), apis)
    expect(!result.ok && result.findings.map(({ code, at }) => [code, at.file])).toEqual([
      ['SCHEMA_README', 'charts/demo/README.template.md'],
    ])
  })
})
