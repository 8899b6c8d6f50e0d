import { assemblePlatform, type PlatformInput } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { planPlatform } from '@opencore/plan'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noteChart } from './key-sources.ts'
import { assembleKnown, digestModel, planKnown } from './known-environments.ts'

const input = await readTree(join(import.meta.dirname, '../../../model/fixtures/tree'))
for (const chart of input.charts) noteChart(chart, [chart.name])

let cache = ''
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'opencore-known-'))
  vi.stubEnv('OPENCORE_CACHE', cache)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true })
})

const kept = () => {
  try {
    return readdirSync(join(cache, 'environments'))
  } catch {
    return []
  }
}

function run(from: PlatformInput = input, code: string | undefined = 'code') {
  const platform = assembleKnown(from, code)
  if (!platform.ok) throw new Error('the fixture is broken')
  return { platform: platform.value, files: planKnown(platform.value) }
}

const anew = assemblePlatform(input)
const expected = anew.ok ? planPlatform(anew.value) : []

test('each environment is kept once, and known from then on', () => {
  expect(run().files).toEqual(expected)
  expect(kept()).toHaveLength(4)
  expect(run().files).toEqual(expected)
  expect(kept()).toHaveLength(4)
})

test('an environment that is known is assembled when somebody asks for its releases', () => {
  const [first] = run().platform.environments
  const [again] = run().platform.environments
  expect(Object.getOwnPropertyDescriptor(again, 'releases')).toMatchObject({
    get: expect.any(Function) as unknown,
  })
  expect(again?.releases).toEqual(first?.releases)
  expect(again && digestModel(again)).toEqual(first && digestModel({ ...first }))
})

test('a change of one environment leaves the others known; a comment leaves all', () => {
  run()
  const bytes = new TextEncoder().encode('env: { ROUND: "1" }\n')
  const file = 'environments/dev/overrides/ledger.yaml'
  run({ ...input, overrides: [...input.overrides, { file, environment: 'dev', release: 'ledger', bytes }] })
  expect(kept()).toHaveLength(6)
  const commented = Object.entries(input.sources).map(([path, text]) => [path, `// Said.\n${text}`])
  run({ ...input, sources: Object.fromEntries(commented) as PlatformInput['sources'] })
  expect(kept()).toHaveLength(6)
})

test('other code knows nothing, and code without a name keeps nothing', () => {
  const plain = assembleKnown(input)
  if (plain.ok) planKnown(plain.value)
  expect(kept()).toHaveLength(0)
  run()
  run(input, 'other code')
  expect(kept()).toHaveLength(8)
})

test('a chart of unknown texts keeps everything from being kept', () => {
  run({ ...input, charts: input.charts.map((chart) => ({ ...chart })) })
  expect(kept()).toHaveLength(0)
})

test('what was kept and broken since is made anew', () => {
  run()
  for (const name of kept()) writeFileSync(join(cache, 'environments', name), 'broken')
  expect(run().files).toEqual(expected)
})

test('a copy with other releases is planned as it is', () => {
  run()
  const { platform } = run()
  const environments = platform.environments.map((environment) => ({ ...environment, releases: [] }))
  expect(planKnown({ ...platform, environments })).toEqual(planPlatform({ ...platform, environments }))
})
