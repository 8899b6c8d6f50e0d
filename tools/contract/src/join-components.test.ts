import { describe, expect, it } from 'vitest'
import { readContract } from './contract.ts'
import { formatFinding } from './finding.ts'
import { joinComponents } from './join-components.ts'
import type { JsonSchema } from './json-schema.ts'
import { printTypes } from './print-types.ts'
import { validateValues } from './validate-values.ts'

const closed = (properties: Record<string, JsonSchema>, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...more,
})
const to = (name: string) => ({ $ref: `#/definitions/${name}` })
const text = { type: 'string' }
const component = (own: JsonSchema) =>
  readContract('part', {
    ...closed(
      { enabled: { type: 'boolean' }, probe: to('Probe'), same: to('Same') },
      { required: ['probe'] },
    ),
    definitions: { Probe: own, Same: closed({ key: text }) },
  })
const umbrella = readContract(
  'all',
  closed({
    left: { type: 'object', additionalProperties: true, properties: { enabled: { type: 'boolean' } } },
    right: { type: 'object', additionalProperties: true, properties: { enabled: { type: 'boolean' } } },
  }),
)
const parts = new Map([
  ['left', component(closed({ path: text }))],
  ['right', component(closed({ command: text }))],
])
const schema = joinComponents(umbrella, parts)
const check = (values: unknown) =>
  validateValues(readContract('all', schema), values, () => ({ file: 'bank.yaml' })).map(formatFinding)

describe(joinComponents, () => {
  it('keeps apart what two components call the same, and once what they share', () => {
    expect(Object.keys(schema.definitions ?? {})).toEqual([
      'LeftProbe',
      'LeftValues',
      'RightProbe',
      'RightValues',
      'Same',
    ])
  })

  it('takes the values of every component, and needs none', () => {
    expect(
      check({ left: { enabled: true, probe: { path: '/' } }, right: { probe: { command: 'true' } } }),
    ).toEqual([])
    expect(check({ left: { enabled: true } })).toEqual([])
  })

  it.each([
    ['a component', { lefs: {} }, 'did you mean `left`?'],
    ['a key of a component', { left: { prob: {} } }, 'did you mean `probe`?'],
    ['a key below it', { right: { probe: { commands: 'true' } } }, 'did you mean `command`?'],
  ])('refuses a misspelt name of %s and says the near one', (_, values, near) => {
    expect(check(values)).toEqual([expect.stringContaining(near)])
  })

  it('becomes an interface for each component', async () => {
    const types = await printTypes({ chart: 'all', schema }, 'a test')
    expect(types).toMatch(/export interface AllValues \{\s+left\?: LeftValues\s+right\?: RightValues\s+\}/)
    expect(types).toContain('probe?: RightProbe')
  })
})
