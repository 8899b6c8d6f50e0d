import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRings } from './check-rings.ts'
import { composeUpdate } from './compose-update.ts'
import type { Repository } from './git.ts'
import { readEnvironment } from './read-environment.ts'
import type { RenderedRelease } from './release-folder.ts'
import { writeRef } from './write-ref.ts'
import { makeRendered as render, openScratchRepository } from './testing.ts'

let repository: Repository
let remove: () => Promise<void>

beforeAll(async () => {
  ;({ repository, remove } = await openScratchRepository())
})
afterAll(() => remove())

const deliver = async (ref: string, rendered: readonly RenderedRelease[], gone: readonly string[] = []) => {
  const update = composeUpdate(await readEnvironment(repository, ref), rendered, gone)
  await writeRef(repository, { ref, message: ref, ...update })
  return update
}

describe(composeUpdate, () => {
  it('brings what is new, keeps what came out as before whatever its commit, and takes away what is gone', async () => {
    expect((await deliver('env/a', [render('one'), render('two')])).changed).toEqual(['one', 'two'])
    const later = { sourceCommit: 'b'.repeat(40) }
    const update = await deliver('env/a', [
      render('one', later),
      render('two', { ...later, values: 'x: 1\n' }),
    ])
    expect(update.changed).toEqual(['two'])
    const { releases } = await readEnvironment(repository, 'env/a')
    expect(releases.map(({ record }) => record?.sourceCommit[0])).toEqual(['a', 'b'])
    await deliver('env/a', [], ['one', 'never there'])
    expect((await readEnvironment(repository, 'env/a')).releases.map(({ name }) => name)).toEqual(['two'])
  })

  it.each(['values', 'manifests', 'chartDigest', 'chartVersion', 'namespace', 'kubernetesVersion'] as const)(
    'takes another %s for a change',
    async (field) => {
      await deliver('env/b', [render('one')])
      const { changed } = composeUpdate(
        await readEnvironment(repository, 'env/b'),
        [render('one', { [field]: 'other' })],
        [],
      )
      expect(changed).toEqual(['one'])
    },
  )

  it('names what was pushed by hand, and repairs it', async () => {
    await deliver('env/c', [render('one'), render('two')])
    const files = [
      { path: 'one/manifests.yaml', text: 'kind: Secret\n' },
      { path: 'stranger/manifests.yaml', text: 'kind: Role\n' },
      { path: 'two/.argocd-source.yaml', text: 'kustomize: {}\n' },
      { path: '.gitmodules', text: '' },
    ]
    await writeRef(repository, { ref: 'env/c', message: 'by hand', files })
    const { releases, strangers } = await readEnvironment(repository, 'env/c')
    expect(strangers).toEqual(['.gitmodules', 'two/.argocd-source.yaml'])
    expect(releases.map(({ name, drift = '' }) => [name, drift])).toEqual([
      ['one', 'manifests.yaml differ from its record'],
      ['stranger', 'it has no record'],
      ['two', ''],
    ])
    expect((await deliver('env/c', [render('one'), render('two')], ['stranger'])).changed).toEqual(['one'])
    const repaired = await readEnvironment(repository, 'env/c')
    expect(repaired.releases.map(({ drift }) => drift)).toEqual([undefined, undefined])
    expect(repaired.strangers).toEqual([])
  })

  it.each(['a;b', 'a\u001b[2J', 'a\nb', 'A', '-a', '.git-a'])(
    'takes a folder called %j for no release, and takes it away',
    async (name) => {
      await deliver('env/named', [render('one')])
      const path = `${name}/manifests.yaml`
      await writeRef(repository, {
        ref: 'env/named',
        message: 'by hand',
        files: [{ path, text: 'kind: Role\n' }],
      })
      const before = await readEnvironment(repository, 'env/named')
      expect(before.releases.map((release) => release.name)).toEqual(['one'])
      expect(before.strangers).toEqual([path])
      await deliver('env/named', [render('one')])
      expect((await readEnvironment(repository, 'env/named')).strangers).toEqual([])
    },
  )

  it('brings who approves, and takes it for no stranger', async () => {
    const owners = '* @bank/platform\n'
    const update = composeUpdate(await readEnvironment(repository, 'env/e'), [render('one')], [], { owners })
    await writeRef(repository, { ref: 'env/e', message: 'first', ...update })
    const before = await readEnvironment(repository, 'env/e')
    expect(before).toMatchObject({ owners, strangers: [] })
    expect(composeUpdate(before, [render('one')], [], { owners }).files).toEqual([])
    expect(composeUpdate(before, [render('one')], [], { owners: '* @bank/other\n' })).toMatchObject({
      files: [{ path: '.github/CODEOWNERS', text: '* @bank/other\n' }],
      removed: [],
      changed: [],
    })
    expect(composeUpdate(before, [render('one')], []).files).toEqual([])
  })

  it('writes every record again where nothing that is there is believed', async () => {
    await deliver('env/f', [render('one')])
    const before = await readEnvironment(repository, 'env/f')
    const update = composeUpdate(before, [render('one', { sourceCommit: 'b'.repeat(40) })], [], {
      isAnew: true,
    })
    expect(update.changed).toEqual([])
    expect(update.files.map(({ path }) => path)).toEqual([
      'one/manifests.yaml',
      'one/values.yaml',
      'one/record.yaml',
    ])
  })

  it('reads what it wrote, whatever the text', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 }).map((all) => Buffer.from(all).toString())
    await fc.assert(
      fc.asyncProperty(text, text, async (values, manifests) => {
        await deliver('env/d', [render('one', { values, manifests })])
        const { releases } = await readEnvironment(repository, 'env/d')
        expect(releases).toMatchObject([{ values, manifests }])
        expect(releases[0]?.drift).toBeUndefined()
      }),
      { numRuns: 15 },
    )
  })

  it('is nothing where there is no ref', async () => {
    expect(await readEnvironment(repository, 'env/none')).toEqual({ releases: [], strangers: [] })
  })
})

describe(checkRings, () => {
  const ring = async (rendered: readonly RenderedRelease[]) => [
    { name: 'dev', isStandby: false, delivered: await readEnvironment(repository, 'env/ring'), rendered },
  ]

  it('asks that the ring before runs what this commit renders, of the promoted releases that it has', async () => {
    await deliver('env/ring', [render('one'), render('two')])
    const [one, two, three] = [render('one'), render('two', { values: 'x: 2\n' }), render('three')]
    expect(checkRings(['one'], await ring([one]))).toEqual([])
    expect(checkRings(['only in production'], await ring([one, two]))).toEqual([])
    expect(checkRings(['one', 'two', 'three'], await ring([one, two, three]))).toMatchObject([
      {
        code: 'RING_SKIPPED',
        at: { file: 'env/dev:two' },
        found: 'dev has of commit aaaaaaaaaaaa two, which commit aaaaaaaaaaaa renders otherwise',
        next: 'opencore promote dev two; in an emergency --allow-skip with the reason',
      },
      { found: 'dev does not have three, which commit aaaaaaaaaaaa renders' },
    ])
  })

  it('says of the region that waits what its counterpart may not have before it', async () => {
    const ahead = await ring([render('two', { values: 'x: 2\n' })])
    const pair = ahead.map((one) => ({ ...one, name: 'prod-east', isStandby: true }))
    expect(checkRings(['two'], pair)).toEqual([
      {
        code: 'STANDBY_BEHIND',
        severity: 'error',
        at: { file: 'env/prod-east:two' },
        found: 'prod-east has of commit aaaaaaaaaaaa two, which commit aaaaaaaaaaaa renders otherwise',
        wanted: 'the region that waits first: what takes over has to have it',
        next: 'opencore promote prod-east two; in an emergency --allow-skip with the reason',
      },
    ])
  })

  it('says once what lacks many', async () => {
    const names = ['three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
    const rendered = names.map((name) => render(name))
    expect(checkRings(names, await ring(rendered))).toEqual([
      {
        code: 'RING_SKIPPED',
        severity: 'error',
        at: { file: 'env/dev' },
        found:
          'dev does not run three, four, five, six, seven and 2 more as commit aaaaaaaaaaaa renders them',
        wanted: 'what the ring before has on its ref',
        next: 'opencore promote dev; in an emergency --allow-skip with the reason',
      },
    ])
  })
})
