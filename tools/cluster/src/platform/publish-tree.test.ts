import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layOut } from './layout.ts'
import { publishTree } from './publish-tree.ts'

describe(publishTree, () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opencore-publish-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const git = async (...args: string[]) =>
    (await execa('git', ['--git-dir', layOut(folder).repository, ...args])).stdout
  const tree = (text: string) => [{ path: 'argocd/dev/values/a "b".yaml', text }]

  it('commits each tree to the ref of its environment, to the byte', async () => {
    const text = 'größe: "1"\nlast: line without end'
    const { dev } = await publishTree(folder, { dev: tree(text), staging: [{ path: 'x', text: '' }] })
    expect(await git('rev-parse', 'refs/heads/env/dev')).toBe(dev)
    expect(await git('cat-file', 'blob', 'env/dev:argocd/dev/values/a "b".yaml')).toBe(text)
    expect(await git('ls-tree', '-r', '--name-only', 'env/staging')).toBe('x')
  })

  it('makes a child that replaces the whole tree', async () => {
    const before = await git('rev-parse', 'env/dev')
    await publishTree(folder, { dev: [{ path: 'only', text: 'this' }] })
    expect(await git('rev-parse', 'env/dev^')).toBe(before)
    expect(await git('ls-tree', '-r', '--name-only', 'env/dev')).toBe('only')
  })

  it('makes no commit when nothing changed, and leaves no draft', async () => {
    const before = await git('rev-parse', 'env/dev')
    expect(await publishTree(folder, { dev: [{ path: 'only', text: 'this' }] })).toEqual({ dev: before })
    expect(await git('for-each-ref', '--format=%(refname)')).toBe(
      'refs/heads/env/dev\nrefs/heads/env/staging',
    )
  })
})
