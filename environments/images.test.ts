import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { expect, test } from 'vitest'

/**
 * These images are not built here, so each digest is the sha256 of its reference, and visibly so (ADR 8). Replace it, and
 * its line here, by what the registry says when the image exists.
 */
test('the digests of images that do not exist are synthetic', async () => {
  const platform = assemblePlatform(await readTree(join(import.meta.dirname, '..')))
  const releases = platform.ok
    ? platform.value.environments.flatMap((environment) => environment.releases)
    : []
  const imaged = releases.filter(({ chart }) => chart.name === 'service' || chart.name === 'vault')
  expect(imaged).not.toEqual([])
  for (const { values } of imaged) {
    const { repository, tag, digest } = values['image'] as Record<string, string>
    expect(digest).toBe(`sha256:${createHash('sha256').update(`${repository}:${tag}`).digest('hex')}`)
  }
})
