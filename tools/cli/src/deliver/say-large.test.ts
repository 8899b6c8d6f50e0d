import { commitTree } from '@opencore/delivery'
import { openScratchRepository } from '@opencore/delivery/testing'
import { expect, it } from 'vitest'
import { measureDiff, sayLarge } from './say-large.ts'

it('counts files and lines that differ between two commits', async () => {
  const { repository, remove } = await openScratchRepository()
  const files = ['a', 'b', 'c'].map((path) => ({ path, text: '1\n2\n' }))
  const first = await commitTree(repository, { message: 'first', files }, undefined)
  const second = await commitTree(
    repository,
    { message: 'second', files: [{ path: 'a', text: '1\n3\n' }], removed: ['b'] },
    first,
  )
  expect(await measureDiff(repository, first, second)).toEqual({ files: 2, lines: 4 })
  expect(await measureDiff(repository, first, first)).toEqual({ files: 0, lines: 0 })
  await remove()
})

it.each([
  [{ files: 300, lines: 20_000 }, false],
  [{ files: 301, lines: 301 }, true],
  [{ files: 1, lines: 20_001 }, true],
])('of %j something is left out: %s', (size, isLarge) => {
  expect(sayLarge(size, 'env/dev', 'a'.repeat(40)) !== undefined).toBe(isLarge)
})
