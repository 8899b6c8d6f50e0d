import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runGit, type Repository } from './git.ts'
import { findByHand } from './find-by-hand.ts'
import { readHistory } from './read-history.ts'
import { readWithHands } from './read-with-hands.ts'
import { layOutRelease } from './release-folder.ts'
import { writeRef } from './write-ref.ts'
import { makeRendered, openScratchRepository } from './testing.ts'

let repository: Repository
let remove: () => Promise<void>

beforeAll(async () => {
  ;({ repository, remove } = await openScratchRepository())
})
afterAll(() => remove())

const layOut = (release: string, values = 'a: 1\n') =>
  layOutRelease(makeRendered(release, { values, manifests: '' }))
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

it('forgets nothing, however many change sets came since', async () => {
  await promote('env/long', 'one', 'two')
  await write('env/long', layOut('one', 'a: 2\n'))
  // As many promotions as a bank makes in some months, written at once.
  const later = Array.from({ length: 700 }, (_, index) => {
    const message = 'promote\n\nRelease: two\nSource: 1234\n'
    const text = `a: ${index}\n`
    const from = index === 0 ? 'from refs/heads/env/long^0\n' : ''
    const data = (words: string) => `data ${words.length}\n${words}\n`
    return `commit refs/heads/env/long\ncommitter t <t@t> ${2_000_000_000 + index} +0000\n${data(message)}${from}M 100644 inline two/values.yaml\n${data(text)}`
  })
  await runGit(repository, ['fast-import', '--quiet'], later.join(''))
  expect((await findByHand(repository, 'env/long')).map(({ path }) => path)).toContain('one/values.yaml')
})

describe('findByHand, of merges', () => {
  const git = async (...args: string[]) =>
    (await execa('git', ['--git-dir', repository.folder, ...args], { env: repository.env ?? {} })).stdout
  /** As the button of a host does: two parents, and no word of where it came from. */
  const merge = async (ref: string, branch: string, tree = branch) => {
    const parents = ['-p', ref, '-p', branch]
    const commit = await git('commit-tree', `${tree}^{tree}`, ...parents, '-m', `Merge ${branch}`)
    await git('update-ref', `refs/heads/${ref}`, commit)
    return commit
  }
  const propose = async (ref: string, branch: string, values: string) => {
    await git('update-ref', `refs/heads/${branch}`, ref)
    await write(branch, layOut('one', values), [], 'promote\n\nRelease: one\nSource: 1234\n')
  }

  it('takes what a command committed, and a merge brought, also with what the ref had meanwhile', async () => {
    await promote('env/m', 'one', 'two')
    await propose('env/m', 'promotion/m/1', 'a: 2\n')
    expect(await findByHand(repository, await merge('env/m', 'promotion/m/1'))).toEqual([])
    await propose('env/m', 'promotion/m/2', 'a: 3\n')
    await write('env/m', layOut('two', 'a: 2\n'), [], 'promote\n\nSource: 1234\n')
    // The branch is brought up to date first.
    await git('branch', 'updated', 'promotion/m/2')
    const tree = await write('both', [...layOut('one', 'a: 3\n'), ...layOut('two', 'a: 2\n'), owners])
    await merge('updated', 'env/m', tree)
    expect(await findByHand(repository, await merge('env/m', 'updated'))).toEqual([])
  })

  it('finds what a merge has otherwise than what it brought, or what an earlier one did', async () => {
    await write('edited', [...layOut('one', 'a: 4\n'), ...layOut('two', 'a: 2\n'), owners])
    await propose('env/m', 'promotion/m/3', 'a: 5\n')
    const paths = async (head: string) => (await findByHand(repository, head)).map(({ path }) => path)
    const files = ['one/record.yaml', 'one/values.yaml']
    expect(await paths(await merge('env/m', 'promotion/m/3', 'edited'))).toEqual(files)
    expect(await paths(await merge('env/m', 'promotion/m/1', 'promotion/m/1'))).toEqual([
      ...files,
      'two/record.yaml',
      'two/values.yaml',
    ])
  })
})

it('is not by hand any more once a command says that it wrote it, though it came out the same', async () => {
  await promote('env/s', 'one', 'two')
  const files = [...layOut('one', 'a: 2\n'), { ...owners, text: '* @bank/other\n' }]
  await write('env/s', [...files, ...layOut('two', 'a: 2\n')])
  const sign = (message: string) => writeRef(repository, { ref: 'env/s', message, files, evenSame: true })
  await sign('promote\n\nRelease: one\nRelease: -two\nSource: 1234\n')
  const paths = async () => (await findByHand(repository, 'env/s')).map(({ path }) => path)
  expect(await paths()).toEqual(['.github/CODEOWNERS', 'two/record.yaml', 'two/values.yaml'])
  await sign('promote\n\nApprovers: .github/CODEOWNERS\nSource: 1234\n')
  expect(await paths()).toEqual(['two/record.yaml', 'two/values.yaml'])
})

it('is said by the history of the ref', async () => {
  const entries = await readHistory(repository, 'env/b', { limit: 9 })
  expect(entries.map(({ isByHand = false }) => isByHand)).toEqual([true, false, true, true, false])
})

it('goes back to what a message names, where that is one commit', async () => {
  const commit = await promote('env/h', 'one')
  const asOfs = [`As-Of: ${commit}`, `As-Of: ${commit}\nAs-Of: ${commit}`, 'As-Of: --all']
  for (const [index, lines] of asOfs.entries())
    await write('env/h', layOut('one', `a: ${index + 5}\n`), [], `rollback\n\n${lines}\n`)
  const entries = await readHistory(repository, 'env/h', { limit: 9 })
  expect(entries.map(({ asOf }) => asOf)).toEqual([undefined, undefined, commit, undefined])
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
