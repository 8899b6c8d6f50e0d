import { execa } from 'execa'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, it, test, vi } from 'vitest'
import { explainProposals, listProposals, pageOf } from './propose.ts'

const [before, after] = ['a'.repeat(40), 'b'.repeat(40)]

const small = () => Promise.resolve({ files: 3, lines: 10 })

describe(listProposals, () => {
  it('has a branch for each ref that changes, by whose it is and the commit', async () => {
    const moves = [
      { ref: 'env/staging', before, after },
      { ref: 'hub/production', before, after },
      { ref: 'hub/other', before: after, after },
    ]
    const groups = [
      { risk: 'addition' as const, kind: 'AppProject', action: 'added' as const, names: ['fees'] },
    ]
    const proposals = await listProposals(
      moves,
      'staging',
      'promote staging: cards',
      [{ ref: 'hub/production', groups }],
      small,
    )
    expect(proposals.map(({ branch, title, body }) => [branch, title, body])).toEqual([
      ['promotion/staging/bbbbbbbbbbbb', 'promote staging: cards', '### env/staging\n\nNothing differs.'],
      [
        'promotion/hub/production/staging/bbbbbbbbbbbb',
        'hub/production: promote staging',
        '### hub/production\n\n\n\n**new**\n\n- `+ AppProject fees`\n',
      ],
    ])
  })

  it('refuses a ref that is not there: nothing can be proposed onto it', async () => {
    await expect(
      listProposals([{ ref: 'env/staging', before: undefined, after }], 'staging', '', [], small),
    ).rejects.toThrow('the ref is not there yet, so nothing can be proposed onto it')
  })

  it.each([
    [
      'env/staging',
      'staging',
      '; or promote it in parts: opencore promote staging RELEASE... --pull-request',
    ],
    ['hub/production', 'hub/production', ''],
  ])(
    'says of %s what GitHub does not show, to who approves and to who proposes',
    async (ref, name, parts) => {
      const size = { files: 4_680, lines: 70_000 }
      const proposals = await listProposals([{ ref, before, after }], 'staging', '', [], () =>
        Promise.resolve(size),
      )
      const large = `GitHub does not show all of this: 4680 files and 70000 lines differ, and it shows 300 files and 20000 lines. All of it: git fetch origin && opencore diff ${name} --to bbbbbbbbbbbb${parts}`
      expect(proposals[0]?.body).toBe(`**${large}**\n\n### ${ref}\n\nNothing differs.`)
      expect((await explainProposals(tmpdir(), proposals))[0]).toBe(large)
    },
  )
})

describe(explainProposals, () => {
  it('asks by commands that `diff` takes, for an environment and for a hub', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'propose-'))
    await writeFile(join(folder, 'gh'), '#!/bin/sh\n', { mode: 0o755 })
    await execa('git', ['init', '--quiet'], { cwd: folder })
    await execa('git', ['remote', 'add', 'origin', 'git@github.com:bank/platform.git'], { cwd: folder })
    vi.stubEnv('PATH', [folder, process.env['PATH']].join(delimiter))
    const moves = ['env/staging', 'hub/production'].map((ref) => ({ ref, before, after }))
    const asked = await explainProposals(
      folder,
      await listProposals(moves, 'staging', 'promote staging: cards', [], small),
    )
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
    expect(asked.map((line) => /"\$\((.*)\)"$/.exec(line)?.[1])).toEqual([
      'opencore diff staging --to bbbbbbbbbbbb -o markdown',
      'opencore diff hub/production --to bbbbbbbbbbbb -o markdown',
    ])
  })
})

test.each([
  ['git@github.com:bank/platform.git', 'https://github.com/bank/platform'],
  ['https://user:secret@git.bank.example:8443/a/b/platform.git/', 'https://git.bank.example/a/b/platform'],
  ['ssh://git@git.bank.example:7999/bank/platform.git', 'https://git.bank.example/bank/platform'],
  ['/srv/git/platform.git', undefined],
  ['../platform', undefined],
])('the page of %s is %s', (remote, page) => {
  expect(pageOf(remote)).toBe(page)
})
