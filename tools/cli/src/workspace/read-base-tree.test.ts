import { execa } from 'execa'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readBaseTree } from './read-base-tree.ts'

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true })
})

const texts = { 'argocd/dev/a.yaml': 'a: ü\n', 'argocd/dev/b.yaml': 'b: 1\n', 'argocd/empty.yaml': '' }

async function commit(format: string): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'opencore-base-'))
  roots.push(root)
  mkdirSync(join(root, 'argocd/dev'), { recursive: true })
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(root, file), text)
  const git = (...args: string[]) => execa('git', args, { cwd: root })
  await git('init', '--quiet', '--initial-branch', 'main', `--object-format=${format}`)
  await git('add', '--all')
  await git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'a')
  return root
}

const expected = Object.entries(texts).map(([path, text]) => ({ path, text }))

test.each(['sha1', 'sha256'])('reads what the base has, whatever is planned (%s)', async (format) => {
  const root = await commit(format)
  expect(await readBaseTree(root, [])).toEqual(expected)
  expect(await readBaseTree(root, expected)).toEqual(expected)
  const changed = expected.map(({ path, text }) => ({ path, text: path.includes('/b') ? text : 'c: 1\n' }))
  expect(await readBaseTree(root, changed)).toEqual(expected)
})
