import { execa } from 'execa'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Repository } from './git.ts'
import { readPath } from './path-bytes.ts'
import { readEnvironment } from './read-environment.ts'
import { commitTree, writeRef } from './write-ref.ts'
import { openScratchRepository } from './testing.ts'

describe(writeRef, () => {
  let repository: Repository
  let remove: () => Promise<void>

  beforeAll(async () => {
    ;({ repository, remove } = await openScratchRepository())
  })
  afterAll(() => remove())

  const git = async (...args: string[]) =>
    (await execa('git', ['--git-dir', repository.folder, ...args])).stdout
  const write = (files: { path: string; text: string }[], removed: string[] = []) =>
    writeRef(repository, { ref: 'env/dev', message: 'what changes', files, removed })
  const names = () => git('ls-tree', '-r', '--name-only', 'env/dev')

  it('commits files to the byte, with the message', async () => {
    const text = 'größe: "1"\nlast: line without end'
    const commit = await write([{ path: 'accounts/a "b".yaml', text }])
    expect(await git('rev-parse', 'refs/heads/env/dev')).toBe(commit)
    expect(await git('cat-file', 'blob', 'env/dev:accounts/a "b".yaml')).toBe(text)
    expect(await git('log', '--format=%an %B', 'env/dev')).toBe('tester what changes')
  })

  it('makes a child that leaves what it does not name', async () => {
    const before = await git('rev-parse', 'env/dev')
    await write([{ path: 'cards/b', text: '' }])
    expect(await git('rev-parse', 'env/dev^')).toBe(before)
    expect(await names()).toBe('"accounts/a \\"b\\".yaml"\ncards/b')
  })

  it('removes folders, also such as are not there, and writes them anew', async () => {
    await write([{ path: 'cards/c', text: '' }], ['accounts', 'cards', 'nothing'])
    expect(await names()).toBe('cards/c')
  })

  it('takes any name that git takes', async () => {
    const before = await git('rev-parse', 'env/dev')
    const odd = ['\u001b[2J', 'a\nb', 'back\\slash', 'größe"', 'bell\u0007', 'unseen\u200b'].sort()
    await write(odd.map((path) => ({ path, text: path })))
    const there = (await git('ls-tree', '-z', '--name-only', 'env/dev')).split('\0').filter(Boolean)
    expect(there.filter((path) => path !== 'cards').sort()).toEqual(odd)
    const after = await write([], odd)
    expect(await git('rev-parse', `${after}^{tree}`)).toBe(await git('rev-parse', `${before}^{tree}`))
  })

  it('takes a name that is no text, as it is read', async () => {
    const before = await git('rev-parse', 'env/dev^{tree}')
    const raw = Buffer.from([0x62, 0xff, 0x0a, 0xc3])
    await write([{ path: readPath(raw), text: '' }])
    expect(await git('ls-tree', '--name-only', 'env/dev')).toContain('"b\\377\\n\\303"')
    const { strangers } = await readEnvironment(repository, 'env/dev')
    expect(strangers).toContain(readPath(raw))
    const after = await write([], strangers)
    expect(await git('ls-tree', '--name-only', after)).toBe('')
    await write([{ path: 'cards/c', text: '' }])
    expect(await git('rev-parse', 'env/dev^{tree}')).toBe(before)
  })

  it('has no ref beside the one that moves, at no time: whoever is killed leaves nothing', async () => {
    const seen = join(repository.folder, 'seen')
    const program = join(repository.folder, 'signer')
    const refuse = `#!/bin/sh\ngit --git-dir '${repository.folder}' for-each-ref --format='%(refname)' > '${seen}'\nexit 1\n`
    await writeFile(program, refuse, { mode: 0o755 })
    await git('config', 'gpg.program', program)
    const update = { message: 'signed', files: [{ path: 'cards/d', text: 'd' }], sign: true }
    await expect(commitTree(repository, update, await git('rev-parse', 'env/dev'))).rejects.toThrow('gpg')
    expect(await readFile(seen, 'utf8')).toBe('refs/heads/env/dev\n')
    expect(await git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/env/dev')
  })

  it('makes no commit when nothing changed', async () => {
    const before = await git('rev-parse', 'env/dev')
    expect(await write([{ path: 'cards/c', text: '' }])).toBe(before)
    expect(await git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/env/dev')
  })

  it('of two at once moves the ref for one, and the other says so', async () => {
    const results = await Promise.allSettled(
      ['a', 'b'].map((name) =>
        writeRef(repository, { ref: 'env/two', message: name, files: [{ path: name, text: name }] }),
      ),
    )
    const [refused] = results.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(refused).toContain('env/two')
  })
})
