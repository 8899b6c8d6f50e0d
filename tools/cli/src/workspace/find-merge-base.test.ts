import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findMergeBase } from './find-merge-base.ts'

let root = ''
const git = async (...args: string[]) => {
  const who = ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost']
  return (await execa('git', [...who, ...args], { cwd: root })).stdout
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'opencore-merge-base-'))
  await git('init', '--quiet', '--initial-branch=main')
  await git('commit', '--quiet', '--allow-empty', '--message', 'merged')
  await git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  await git('switch', '--quiet', '--create', 'work')
  await git('commit', '--quiet', '--allow-empty', '--message', 'proposed')
})
afterAll(() => rm(root, { recursive: true, force: true }))

// Whoever may push may push a tag, and a base that is the proposal itself is one from which nothing disappears.
it.each(['origin/main', 'main', 'heads/main', 'remotes/origin/main'])(
  'is that of the branch, whatever tag is called %s',
  async (tag) => {
    await git('tag', tag, 'work')
    expect(await findMergeBase(root)).toBe(await git('rev-parse', 'refs/remotes/origin/main'))
  },
)

it('of a checkout without an origin is that of its own main branch', async () => {
  await git('update-ref', '-d', 'refs/remotes/origin/main')
  expect(await findMergeBase(root)).toBe(await git('rev-parse', 'refs/heads/main'))
})
