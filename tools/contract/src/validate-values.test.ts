import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkOwners } from './check-owners.ts'
import { readContract } from './contract.ts'
import { formatFinding, sortFindings, type Finding } from './finding.ts'
import type { JsonSchema } from './json-schema.ts'
import { replace } from './merge-operators.ts'
import { mergeValues } from './merge-values.ts'
import { readYaml, type YamlFile } from './read-yaml.ts'
import { validateValues } from './validate-values.ts'
import { validate } from './validator.ts'

const fixtures = new URL('../fixtures/', import.meta.url)
const schema = JSON.parse(readFileSync(new URL('demo/values.schema.json', fixtures), 'utf8')) as JsonSchema
const contract = readContract('demo', schema)
const locate = (file: string) => ({ file })

function list(folder: string): string[] {
  return readdirSync(new URL(`rejects/${folder}/`, fixtures)).filter((name) => name.endsWith('.yaml'))
}

function read(path: string): YamlFile {
  const result = readYaml(readFileSync(new URL(`rejects/${path}`, fixtures)), 'demo.yaml')
  if (!result.ok) throw new Error('the fixture is no YAML')
  return result.value
}

const print = (findings: Finding[]) => `${sortFindings(findings).map(formatFinding).join('\n')}\n`

describe(validateValues, () => {
  it.each(list('values'))('refuses %s', async (name) => {
    const { value, locate } = read(`values/${name}`)
    const findings = validateValues(contract, mergeValues(contract.defaults, value), locate)
    expect(findings).not.toEqual([])
    await expect(print(findings)).toMatchFileSnapshot(
      `../fixtures/rejects/values/${name.replace('.yaml', '.txt')}`,
    )
  })

  it('never says a value that may be a secret', () => {
    const { value, locate } = read('values/secret-is-not-shown.yaml')
    expect(print(validateValues(contract, value, locate))).not.toMatch(/hunter2(?!-mode)|eyJ|longer-than/)
  })

  it('accepts the defaults with what must be set', () => {
    expect(validateValues(contract, mergeValues(contract.defaults, { image: { tag: '1' } }), locate)).toEqual(
      [],
    )
  })

  it('says each mistake once, and says something for anything that does not fit', () => {
    const values = fc.record({
      image: fc.jsonValue(),
      replicas: fc.jsonValue(),
      env: fc.jsonValue(),
      choice: fc.jsonValue(),
    })
    fc.assert(
      fc.property(values, (value) => {
        const findings = validateValues(contract, value, locate)
        const said = findings.map(({ code, at }) => `${code} ${at.file}`)
        expect(new Set(said).size).toBe(said.length)
        expect(findings.length > 0).toBe(validate(contract.schema, value).length > 0)
      }),
    )
  })
})

describe(checkOwners, () => {
  it.each(list('owners'))('refuses %s', async (name) => {
    const { value, locate } = read(`owners/${name}`)
    const findings = checkOwners(contract, value, ['team'], locate)
    await expect(print(findings)).toMatchFileSnapshot(
      `../fixtures/rejects/owners/${name.replace('.yaml', '.txt')}`,
    )
  })

  it('lets each owner set its own, also by an operator', () => {
    expect(checkOwners(contract, { replicas: 1, affinity: {} }, ['platform', 'team'], locate)).toEqual([])
    const layer = { mixed: replace({ memory: '1Gi' }) }
    expect(checkOwners(contract, layer, ['team'], locate).map(({ at }) => at.file)).toEqual(['/mixed/memory'])
  })
})
