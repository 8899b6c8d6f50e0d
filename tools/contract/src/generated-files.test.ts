import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkExamples } from './check-examples.ts'
import { readContract } from './contract.ts'
import type { JsonSchema } from './json-schema.ts'
import { printJson } from './print-json.ts'
import { printReadme } from './print-readme.ts'
import { printTypes } from './print-types.ts'
import { printValuesFile } from './print-values-file.ts'
import { teamSchema } from './team-schema.ts'

/** What is committed agrees with itself; that it agrees with the sources and APIs, `opencore schema --check` says. */
const root = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const charts = readdirSync(new URL('charts/', root)).filter((name) =>
  existsSync(new URL(`charts/${name}/values.schema.json`, root)),
)
/** Umbrellas have no type here. */
const typed = read('tools/contract/generated/index.ts')

describe.each(charts)('charts/%s', (chart) => {
  const contract = readContract(chart, JSON.parse(read(`charts/${chart}/values.schema.json`)) as JsonSchema)

  it('has generated files that say what its schema says', async () => {
    expect(read(`charts/${chart}/values.yaml`)).toBe(printValuesFile(contract))
    expect(read(`charts/${chart}/generated/team.schema.json`)).toBe(printJson(teamSchema(contract)))
    if (typed.includes(`'./${chart}.ts'`))
      expect(read(`tools/contract/generated/${chart}.ts`)).toBe(await printTypes(contract))
    const template = `charts/${chart}/README.template.md`
    expect(printReadme(contract, read(template), template)).toEqual({
      ok: true,
      value: read(`charts/${chart}/README.md`),
    })
  })

  it('has defaults that values.yaml gives back, and defaults and examples that fit', () => {
    expect(parse(read(`charts/${chart}/values.yaml`))).toEqual(contract.defaults)
    expect(checkExamples(contract, (file) => ({ file }))).toEqual([])
  })

  it('names the entries of maps in a way whose place Helm can tell', () => {
    expect(JSON.stringify(contract.schema)).not.toContain('"propertyNames"')
  })

  it('refers to nothing outside of its schema', () => {
    expect(JSON.stringify(contract.schema)).not.toMatch(/"\$ref":"(?!#\/definitions\/)/)
  })
})
