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
  const imaged = releases.flatMap(({ name, values }) =>
    listImages(values).map((image) => ({ name, ...image })),
  )
  expect([...new Set(imaged.map(({ name }) => name))]).toEqual(
    expect.arrayContaining(['accounts', 'cache', 'ledger-db', 'vault']),
  )
  for (const { repository, tag, digest } of imaged)
    expect(digest).toBe(`sha256:${sha256(`${repository}:${tag}`)}`)
})

interface Image {
  repository: string
  tag: string
  digest: string
}

/** Every image with a digest, at any depth of a release's values. */
function listImages(values: unknown): Image[] {
  if (typeof values !== 'object' || values === null) return []
  const inner = Object.values(values).flatMap(listImages)
  return 'repository' in values && 'digest' in values ? [values as Image, ...inner] : inner
}

test('the digests of plugins that do not exist are synthetic', async () => {
  const platform = assemblePlatform(await readTree(join(import.meta.dirname, '..')))
  const releases = platform.ok
    ? platform.value.environments.flatMap((environment) => environment.releases)
    : []
  const plugins = releases.flatMap(({ values }) => {
    const seal = values['seal'] as { plugin?: Record<string, string> } | undefined
    return seal?.plugin?.['command'] === undefined ? [] : [seal.plugin]
  })
  expect(plugins).toHaveLength(2)
  for (const { command, version, sha256sum } of plugins)
    expect(sha256sum).toBe(sha256(`${command}:${version}`))
})

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
