import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Repository } from './git.ts'
import { findByHand } from './find-by-hand.ts'
import { readHistory } from './read-history.ts'
import { readWithHands } from './read-with-hands.ts'
import { layOutRelease } from './release-folder.ts'
import { writeRef } from './write-ref.ts'

let repository: Repository

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'find-by-hand-'))
  await execa('git', ['init', '--quiet', '--bare', folder])
  const who = { NAME: 'tester', EMAIL: 'tester@localhost' }
  const env = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) =>
      Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value]),
    ),
  )
  repository = { folder, env: { GIT_CONFIG_GLOBAL: '/dev/null', ...env } }
})
afterAll(() => rm(repository.folder, { recursive: true, force: true }))

const layOut = (release: string, values = 'a: 1\n') =>
  layOutRelease({
    release,
    namespace: 'banking',
    chart: 'service',
    chartVersion: '1.0.0',
    kubernetesVersion: '1.36.3',
    sourceCommit: 'a'.repeat(40),
    chartDigest: 'c0ffee',
    values,
    manifests: '',
  })
const owners = { path: '.github/CODEOWNERS', text: '* @bank/platform\n' }
const write = (
  ref: string,
  files: { path: string; text: string }[],
  removed: string[] = [],
  word = 'by hand',
) => writeRef(repository, { ref, message: word, files, removed })
const promote = (ref: string, ...names: string[]) =>
  write(ref, [...names.flatMap((name) => layOut(name)), owners], [], 'promote\n\nSource: 1234\n')

describe(findByHand, () => {
  it('finds nothing of what commands wrote, or put back', async () => {
    await promote('env/a', 'one')
    const head = await write('env/a', layOut('one', 'a: 2\n'), [], 'rollback\n\nAs-Of: 1234\n')
    expect(await findByHand(repository, head)).toEqual([])
  })

  it('finds each file whose last change is by hand, and not what was put right since, or by hand as well', async () => {
    await promote('env/b', 'one', 'two', 'three')
    await write('env/b', [...layOut('one', 'a: 2\n'), { path: 'notes', text: 'x' }], ['two'])
    await write('env/b', [{ path: 'three/values.yaml', text: 'a: 3\n' }])
    await promote('env/b', 'one')
    const head = await write('env/b', [{ path: 'three/values.yaml', text: 'a: 1\n' }])
    const found = await findByHand(repository, head)
    expect(found.map(({ path, isGone }) => [path, isGone]).sort()).toEqual([
      ['notes', false],
      ['two/manifests.yaml', true],
      ['two/record.yaml', true],
      ['two/values.yaml', true],
    ])
  })
})

it('is said by the history of the ref', async () => {
  const entries = await readHistory(repository, 'env/b', { limit: 9 })
  expect(entries.map(({ isByHand = false }) => isByHand)).toEqual([true, false, true, true, false])
})

describe(readWithHands, () => {
  it('names a folder that was deleted, a record that was changed, and who approves', async () => {
    await promote('env/c', 'one', 'two', 'three')
    const record = layOut('one').find(({ path }) => path.endsWith('record.yaml')) ?? owners
    const text = record.text.replace('a'.repeat(40), 'b'.repeat(40))
    await write('env/c', [{ ...record, text }], ['two', owners.path])
    const { releases, lost, areOwnersByHand } = await readWithHands(repository, 'env/c')
    expect(releases.map(({ name, drift }) => [name, drift])).toEqual([
      ['one', 'record.yaml is not what was promoted'],
      ['three', undefined],
    ])
    expect([lost, areOwnersByHand]).toEqual([['two'], true])
    await promote('env/c', 'one', 'two')
    expect(await readWithHands(repository, 'env/c')).toMatchObject({ lost: [], areOwnersByHand: false })
  })

  it('is nothing of a ref that is not there', async () => {
    expect(await readWithHands(repository, undefined)).toEqual({
      releases: [],
      strangers: [],
      lost: [],
      areOwnersByHand: false,
    })
  })
})
