import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonSchema } from '@opencore/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadValidator } from './load-validator.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validators-'))
  vi.stubEnv('OPENCORE_CACHE', folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const kept = () => readdirSync(join(folder, 'validators')).filter((name) => name.endsWith('.cjs'))
const load = (schema: JsonSchema) => loadValidator(schema, JSON.stringify(schema))

test('what was kept is run again, and not compiled', () => {
  const schema: JsonSchema = { type: 'string', minLength: 2 }
  expect(load(schema)('a')).toBe(false)
  const [name = ''] = kept()
  writeFileSync(join(folder, 'validators', name), 'module.exports = () => true')
  expect(load(schema)('a')).toBe(true)
})

test('another schema has a validator of its own', () => {
  expect(load({ type: 'string' })(1)).toBe(false)
  expect(load({ type: 'integer' })(1)).toBe(true)
  expect(kept()).toHaveLength(2)
})

test('code that is broken is made again', () => {
  const schema: JsonSchema = { type: 'string' }
  load(schema)
  const file = join(folder, 'validators', kept()[0] ?? '')
  const whole = readFileSync(file, 'utf8')
  writeFileSync(file, whole.slice(0, whole.length / 2))
  expect(load(schema)(1)).toBe(false)
  expect(readFileSync(file, 'utf8')).toBe(whole)
})

test('what V8 made of other code is made again', () => {
  load({ type: 'string' })
  const [name = ''] = kept()
  const compiled = join(folder, 'validators', `${name}.v8`)
  rmSync(join(folder, 'validators'), { recursive: true })
  load({ type: 'integer', minimum: 1 })
  const [other = ''] = kept()
  const foreign = readFileSync(join(folder, 'validators', `${other}.v8`))
  writeFileSync(compiled, foreign)
  // A comment makes it a text that this process has not compiled yet.
  const recompiled = join(folder, 'validators', name)
  writeFileSync(recompiled, 'module.exports = (value) => typeof value === "string" // once more')
  expect(load({ type: 'string' })(1)).toBe(false)
  expect(readFileSync(compiled)).not.toEqual(foreign)
})

test('those that were made long ago are removed', () => {
  for (let minLength = 0; minLength < 40; minLength++) load({ type: 'string', minLength })
  expect(kept().length).toBeLessThan(40)
  expect(load({ type: 'string', minLength: 39 })(1)).toBe(false)
})
