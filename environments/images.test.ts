import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { images } from './images.ts'

test.each(Object.entries(images))('the digest of %s is visibly synthetic', (reference, digest) => {
  expect(digest).toBe(`sha256:${createHash('sha256').update(reference).digest('hex')}`)
})
