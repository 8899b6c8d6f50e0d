import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { expect, test } from 'vitest'

/**
 * A digest is either what a registry said, of which nothing can be known here, or, of an image that does not exist yet, the
 * sha256 of its own reference (ADR 8). What is left to refuse is a synthetic one that belongs to another reference: somebody
 * copied a neighbour's, or wrote another tag above it.
 */
test('no image and no plugin has the synthetic digest of another', async () => {
  const platform = assemblePlatform(await readTree(join(import.meta.dirname, '..')))
  const releases = platform.ok
    ? platform.value.environments.flatMap((environment) => environment.releases)
    : []
  const pinned = releases.flatMap(({ name, values }) => listPinned(values).map((one) => ({ name, ...one })))
  expect([...new Set(pinned.map(({ name }) => name))]).toEqual(
    expect.arrayContaining(['accounts', 'cache', 'ledger-db', 'vault']),
  )
  expect(pinned.filter(({ isPlugin }) => isPlugin)).toHaveLength(2)
  expect(listCopied(pinned)).toEqual([])
})

test('a digest of a registry is taken, and one of a neighbour is not', () => {
  const accounts = { reference: 'example.com/accounts:2.5.0', digest: 'f'.repeat(64) }
  const ledger = { reference: 'example.com/ledger:1.0.0', digest: sha256('example.com/ledger:1.0.0') }
  expect(listCopied([accounts, ledger])).toEqual([])
  expect(listCopied([{ ...accounts, digest: ledger.digest }, ledger])).toEqual([
    'example.com/accounts:2.5.0 has the digest of example.com/ledger:1.0.0',
  ])
})

interface Pinned {
  /** What is pinned, with its version. */
  reference: string
  /** Without the name of its algorithm. */
  digest: string
}

/** What has the synthetic digest of something else that is pinned. */
function listCopied(pinned: readonly Pinned[]): string[] {
  const owners = new Map(pinned.map(({ reference }) => [sha256(reference), reference]))
  return pinned.flatMap(({ reference, digest }) => {
    const owner = owners.get(digest) ?? reference
    return owner === reference ? [] : [`${reference} has the digest of ${owner}`]
  })
}

/** Every image and every plugin with a digest, at any depth of a release's values. */
function listPinned(values: unknown): (Pinned & { isPlugin: boolean })[] {
  if (typeof values !== 'object' || values === null) return []
  const texts = values as Record<string, string | undefined>
  const { repository = '', tag = '', digest, command = '', version = '', sha256sum } = texts
  const own =
    typeof digest === 'string'
      ? [{ reference: `${repository}:${tag}`, digest: digest.replace('sha256:', ''), isPlugin: false }]
      : typeof sha256sum === 'string'
        ? [{ reference: `${command}:${version}`, digest: sha256sum, isPlugin: true }]
        : []
  return [...own, ...Object.values(values).flatMap(listPinned)]
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
