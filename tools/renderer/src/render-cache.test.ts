import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRenderCache } from './render-cache.ts'
import type { AnswerKind } from './render-request.ts'

const request = {
  id: 'dev/accounts',
  chart: '/charts/service',
  digest: 'a',
  answer: 'objects' as AnswerKind,
  release: 'accounts',
  namespace: 'banking',
  values: 'replicas: 3',
  kubeVersion: '1.36.3',
}
let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'opencore-cache-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function keep(release: string, answer: string): void {
  const cache = openRenderCache(folder, 'engine-1')
  cache.write({ ...request, release }, answer)
  cache.close()
}

function readBack(change: Partial<typeof request>, engine = 'engine-1'): string | undefined {
  const cache = openRenderCache(folder, engine)
  const answer = cache.read({ ...request, ...change })
  cache.close()
  return answer
}

describe(openRenderCache, () => {
  it('gives back what an earlier run kept, beside what a later one did', () => {
    keep('accounts', 'first é')
    keep('cards', 'second')
    expect(readBack({})).toBe('first é')
    expect(readBack({ release: 'cards' })).toBe('second')
  })

  it.each(['digest', 'release', 'namespace', 'values', 'kubeVersion'] as const)(
    'tells another %s apart',
    (field) => {
      keep('accounts', 'kept')
      expect(readBack({ [field]: 'other' })).toBeUndefined()
    },
  )

  it('tells another engine apart, and an answer of another kind', () => {
    keep('accounts', 'kept')
    expect(readBack({}, 'engine-2')).toBeUndefined()
    expect(readBack({ answer: 'linted' })).toBeUndefined()
    expect(readBack({ answer: 'lint' })).toBeUndefined()
  })

  it('gives an answer that says more', () => {
    keep('accounts', 'kept')
    expect(readBack({ answer: 'manifests' })).toBe('kept')
  })

  it('knows nothing of a run that was killed before it ended, and removes what it left', () => {
    openRenderCache(folder, 'engine-1').write(request, 'x'.repeat(2 << 20))
    expect(readBack({})).toBeUndefined()
    for (const file of readdirSync(folder)) utimesSync(path.join(folder, file), 0, 0)
    keep('cards', 'later')
    expect(readdirSync(folder)).toHaveLength(2)
  })

  it('keeps the packs that were used last', () => {
    keep('accounts', 'used')
    for (const file of readdirSync(folder)) utimesSync(path.join(folder, file), 1, 1)
    for (let run = 0; run < 70; run++) {
      keep(`release-${run}`, 'x')
      expect(readBack({})).toBe('used')
    }
    expect(readdirSync(folder)).toHaveLength(2 * 64)
  })

  it('ignores files of others', () => {
    writeFileSync(path.join(folder, 'README'), '')
    keep('accounts', 'kept')
    expect(readBack({})).toBe('kept')
  })
})
