import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { compileChart, type CompiledChart } from './compile-chart.ts'
import { formatFinding } from './finding.ts'
import { planSchemas } from './plan-schemas.ts'
import { printTypes } from './print-types.ts'
import { testApis, testChart } from './testing.ts'
import { validate } from './validator.ts'

const read = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')
const apis = testApis(JSON.parse(read('openapi.json')), parse(read('crd.yaml')))
const schemaText = read('demo.schema.yaml')
const readmeTemplate = '# demo\n\n<!-- values -->\n\nEnd.\n'

function compile(more = {}): CompiledChart {
  const result = compileChart(testChart(schemaText, { readmeTemplate, ...more }), apis)
  if (!result.ok) throw new Error(result.findings.map(formatFinding).join('\n'))
  return result.value
}

describe(compileChart, () => {
  it('writes each output as committed', async () => {
    const chart = compile()
    await expect(chart.valuesYaml).toMatchFileSnapshot('../fixtures/demo/values.yaml')
    await expect(chart.valuesSchemaJson).toMatchFileSnapshot('../fixtures/demo/values.schema.json')
    await expect(chart.teamSchemaJson).toMatchFileSnapshot('../fixtures/demo/team.schema.json')
    await expect(chart.readme).toMatchFileSnapshot('../fixtures/demo/README.md')
    await expect(await printTypes(chart.contract)).toMatchFileSnapshot('../fixtures/demo/values.ts')
  })

  it('gives equal bytes for equal sources', () => {
    expect(compile()).toEqual(compile())
  })

  it('writes a values.yaml that says the defaults', () => {
    const { valuesYaml, contract } = compile()
    expect(parse(valuesYaml)).toEqual(contract.defaults)
  })

  it('lets Helm put in what it puts in, and nothing else', () => {
    const { contract } = compile({ dependencies: ['common'] })
    expect(validate(contract.schema, { global: { a: 1 }, enabled: true, common: { global: {} } })).toEqual([])
    expect(validate(contract.schema, { commn: {} })).toHaveLength(1)
  })

  it('gives an umbrella a switch for each component, off, with the least that it needs', () => {
    const demo = compile().contract
    const umbrella = testChart(
      'type: object\nadditionalProperties: false\nx-opencore-owner: platform\nproperties: {}\n',
      {
        name: 'all',
        dependencies: ['one'],
        components: [{ name: 'one', chart: 'demo' }],
      },
    )
    const result = compileChart(umbrella, apis, new Map([['demo', demo]]))
    const { contract } = result.ok ? result.value : compile()
    expect(contract.defaults).toEqual({ one: { enabled: false } })
    expect(contract.leaves).toMatchObject([
      { pointer: '/one/enabled', examples: [true], with: { one: demo.schema['x-opencore-with'] } },
    ])
    expect(validate(contract.schema, { one: { enabled: true, anything: 1 } })).toEqual([])
    expect(validate(contract.schema, { two: { enabled: true } })).toHaveLength(1)
  })

  it('refers to nothing outside of the schema', () => {
    const references = [...compile().valuesSchemaJson.matchAll(/"\$ref": "([^"]*)"/g)].map(([, ref]) => ref)
    expect(references.length).toBeGreaterThan(5)
    expect(references.filter((ref) => !ref?.startsWith('#/definitions/'))).toEqual([])
  })

  it('closes every bundled object that the API has not left open', () => {
    const definitions = Object.entries(compile().contract.schema.definitions ?? {})
    const objects = definitions.filter(([, { properties }]) => properties !== undefined)
    expect(objects.length).toBeGreaterThan(3)
    expect(objects.filter(([, { additionalProperties }]) => additionalProperties !== false)).toEqual([])
  })

  it('copies no prose of the API', () => {
    expect(JSON.stringify(compile().contract.schema.definitions)).not.toContain('description')
  })

  it('gives every key the owner and the conditions of the group above it', () => {
    const { owners, leaves } = compile().contract
    expect(owners).toMatchObject({
      '/image': 'team',
      '/network/allow': 'graph',
      '/network': 'graph',
      '/affinity': 'platform',
    })
    expect(owners['/mixed']).toBeUndefined()
    expect(leaves.find(({ pointer }) => pointer === '/mixed/route')?.with).toEqual({
      image: { tag: '1.2' },
      mixed: { memory: '1Gi' },
    })
  })
})

describe(planSchemas, () => {
  it('plans the files of each chart and the types of all', async () => {
    const charts = [testChart(schemaText), testChart(schemaText, { name: 'a-second' })]
    const planned = await planSchemas(charts, apis)
    expect(planned.ok && planned.value.map(({ path }) => path)).toEqual([
      'charts/a-second/generated/team.schema.json',
      'charts/a-second/values.schema.json',
      'charts/a-second/values.yaml',
      'charts/demo/generated/team.schema.json',
      'charts/demo/values.schema.json',
      'charts/demo/values.yaml',
      'tools/contract/generated/a-second.ts',
      'tools/contract/generated/demo.ts',
      'tools/contract/generated/index.ts',
    ])
    expect(planned.ok && planned.value.at(-1)?.text).toContain(
      "'a-second': ASecondValues\n  demo: DemoValues",
    )
  })

  it('reports the mistakes of all charts together', async () => {
    const broken = testChart('type: object\nproperties: {}\nadditionalProperties: false\nnope: 1\n')
    const planned = await planSchemas([broken, { ...broken, name: 'other' }], apis)
    expect(planned.ok).toBe(false)
    expect(!planned.ok && planned.findings).toHaveLength(2)
  })
})
