import { execa } from 'execa'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refuseEdited } from './refuse-edited.ts'
import { writeFiles } from './write-files.ts'

let root: string
const git = (...args: string[]) =>
  execa('git', ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost', ...args], { cwd: root })
const edit = (text: string) => writeFile(join(root, 'a.yaml'), text)
const generate = (text: string) =>
  writeFiles(root, [{ path: 'a.yaml', text }], () => Promise.resolve(['a.yaml']))
const refusal = expect.objectContaining({ exitCode: 1 }) as unknown

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'opencore-edited-'))
  await git('init', '--quiet', '--initial-branch=main')
  await generate('first')
  await git('add', 'a.yaml')
  await git('commit', '--quiet', '--message', 'start')
})
afterEach(() => rm(root, { recursive: true }))

describe(refuseEdited, () => {
  it('refuses to overwrite what git does not hold, until it is gone', async () => {
    await edit('by hand')
    await expect(generate('second')).rejects.toEqual(refusal)
    await git('restore', 'a.yaml')
    await generate('second')
  })

  it('lets us overwrite what we wrote, committed or not', async () => {
    await generate('second')
    await generate('third')
  })

  it('lets us overwrite what git holds', async () => {
    await edit('by hand')
    await git('add', 'a.yaml')
    await generate('second')
  })

  it('lets us overwrite a conflict of a merge', async () => {
    await git('checkout', '--quiet', '-b', 'other')
    await edit('theirs')
    await git('commit', '--quiet', '--all', '--message', 'theirs')
    await git('checkout', '--quiet', 'main')
    await edit('ours')
    await git('commit', '--quiet', '--all', '--message', 'ours')
    await expect(git('merge', 'other')).rejects.toThrow('CONFLICT')
    await generate('second')
  })

  it('says of a file that nobody generates that it would be lost', async () => {
    await writeFile(join(root, 'mine.yaml'), 'by hand')
    const removal = { kind: 'removed', path: 'mine.yaml', text: null } as const
    await expect(refuseEdited(root, [removal])).rejects.toThrow('made by hand among generated ones')
  })
})
