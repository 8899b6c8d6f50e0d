import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Judgement } from './judgement.ts'
import { openVerdictCache } from './verdict-cache.ts'

const judgement: Judgement = { code: 'JUDGE_REFUSED', severity: 'error', found: 'a', wanted: 'b', next: 'c' }
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verdicts-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a later run finds what an earlier one added', async () => {
  const first = await openVerdictCache<Judgement>(folder, 'production')
  await first.add(
    new Map([
      ['good', []],
      ['bad', [judgement]],
    ]),
  )
  await first.add(new Map([['more', []]]))
  const second = await openVerdictCache<Judgement>(folder, 'production')
  expect([second.get('good'), second.get('bad'), second.get('more'), second.get('new')]).toEqual([
    [],
    [judgement],
    [],
    undefined,
  ])
})

test('a line that a crash tore is forgotten, and nothing else', async () => {
  const first = await openVerdictCache<Judgement>(folder, 'production')
  await first.add(new Map([['good', []]]))
  await appendFile(join(folder, 'production.jsonl'), '["torn",[{"code":"JUDG')
  const second = await openVerdictCache<Judgement>(folder, 'production')
  await second.add(new Map([['later', []]]))
  const third = await openVerdictCache<Judgement>(folder, 'production')
  expect([third.get('good'), third.get('torn'), third.get('later')]).toEqual([[], undefined, []])
})
