import { readdirSync, readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import { expect, test } from 'vitest'
import { compileValidator, type Validator } from './compile-validator.ts'
import type { JsonSchema } from './json-schema.ts'
import { printValidator, requireForValidator } from './print-validator.ts'

const charts = new URL('../../../charts/', import.meta.url)
const installable = readdirSync(charts).filter((chart) => chart !== 'common')

test.each(installable)('a validator of %s that was printed finds what a compiled one finds', (chart) => {
  const file = new URL(`${chart}/values.schema.json`, charts)
  const schema = JSON.parse(readFileSync(file, 'utf8')) as JsonSchema
  const compiled = compileValidator(schema)
  const printed = run(printValidator(schema))
  for (const values of [
    {},
    { unknown: true },
    spoil(schema, 7),
    spoil(schema, 'x'),
    spoil(schema, { 'No!': [{}, {}] }),
  ]) {
    expect(printed(values)).toBe(compiled(values))
    expect(printed.errors).toEqual(compiled.errors)
  }
})

test('a validator may require nothing but what it is given', () => {
  expect(() => requireForValidator('node:fs')).toThrow('a validator requires node:fs, which nobody gives it')
})

/** Every top key set to one value: some fit, most do not. */
const spoil = (schema: JsonSchema, value: unknown) =>
  Object.fromEntries(Object.keys(schema.properties ?? {}).map((key) => [key, value]))

function run(code: string): Validator {
  const module = { exports: undefined as unknown }
  const wrapped = new Script(`(function (require, module) {${code}\n})`).runInThisContext() as (
    require: (id: string) => unknown,
    into: typeof module,
  ) => void
  wrapped(requireForValidator, module)
  return module.exports as Validator
}
