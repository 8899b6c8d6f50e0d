import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cached } from './result-cache.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencore-results-'))
  vi.stubEnv('OPENCORE_CACHE', folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const answer = (value: unknown) => () => Promise.resolve(value)

describe(cached, () => {
  test('asks once for each key', async () => {
    expect(await cached('one', answer(1))).toEqual({ value: 1, cached: false })
    expect(await cached('one', answer(2))).toEqual({ value: 1, cached: true })
    expect(await cached('two', answer(2))).toEqual({ value: 2, cached: false })
  })

  test('keeps what may be kept', async () => {
    const isGood = (value: unknown) => value === 'good'
    expect(await cached('key', answer('bad'), isGood)).toEqual({ value: 'bad', cached: false })
    expect(await cached('key', answer('good'), isGood)).toEqual({ value: 'good', cached: false })
    expect(await cached('key', answer('bad'), isGood)).toEqual({ value: 'good', cached: true })
  })

  test.each(['', '{"value":', 'null', '[]'])('asks again where a file holds %o', async (broken) => {
    await cached('key', answer(1))
    writeFileSync(join(folder, 'results', 'key.json'), broken)
    expect(await cached('key', answer(2))).toEqual({ value: 2, cached: false })
    expect(readdirSync(join(folder, 'results'))).toEqual(['key.json'])
  })
})
