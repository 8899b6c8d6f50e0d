import { afterAll, beforeAll, expect, it } from 'vitest'
import { findForeign, refTrailer } from './find-foreign.ts'
import type { Repository } from './git.ts'
import { openScratchRepository } from './testing.ts'
import { commitTree } from './write-ref.ts'

let repository: Repository
let remove: () => Promise<void>

beforeAll(async () => {
  ;({ repository, remove } = await openScratchRepository())
})
afterAll(() => remove())

it.each([
  ['env/a', `promote a: cards\n\n${refTrailer('env/a')}\n`, undefined],
  ['env/a', `promote b: cards\n\n${refTrailer('env/b')}\n`, 'env/b'],
  ['env/a', `anything\n\n${refTrailer('env/a')}\n${refTrailer('env/b')}\n`, 'env/b'],
  ['hub/production', `anything\n\n${refTrailer('env/a')}\n`, 'env/a'],
  // Before commits said it.
  ['env/a', 'promote a: cards', undefined],
  ['env/a', 'promote b: cards', 'env/b'],
  ['env/a', 'rollback b cards: as of 1234', 'env/b'],
  ['env/a', 'hub of a, b: cards', 'the hub of a, b'],
  ['hub/production', 'hub of a, b', undefined],
  ['hub/production', 'rollback a: as of 1234', 'env/a'],
  ['env/a', 'by hand', undefined],
])('on %s: %j was made for another: %s', async (ref, message, expected) => {
  const files = [{ path: 'a', text: 'a' }]
  expect(
    await findForeign(repository, ref, await commitTree(repository, { message, files }, undefined)),
  ).toBe(expected)
})
