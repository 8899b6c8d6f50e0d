import { execa } from 'execa'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withCommitted } from './with-committed.ts'

let root: string
const file = () => join(root, 'argocd', 'file')
const read = () =>
  withCommitted(root, async (sources) => [
    sources === root,
    await readFile(join(sources, 'argocd', 'file'), 'utf8'),
  ])

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'with-committed-'))
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root })
  await git('init', '--quiet')
  for (const name of ['argocd', 'charts', 'environments']) {
    await mkdir(join(root, name))
    await writeFile(join(root, name, 'file'), 'committed')
  }
  await git('add', '.')
  await git('commit', '--quiet', '--message', 'one')
})
afterAll(() => rm(root, { recursive: true }))

it('gives the checkout where nothing of it is changed, and else what is committed', async () => {
  expect(await read()).toEqual([true, 'committed'])
  await writeFile(file(), 'unfinished')
  expect(await read()).toEqual([false, 'committed'])
  expect(await readFile(file(), 'utf8')).toBe('unfinished')
})
