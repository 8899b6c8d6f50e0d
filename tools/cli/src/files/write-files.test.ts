import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stageChanges } from './stage-changes.ts'
import { refuseInterruptedWrite, writeFiles } from './write-files.ts'

const nothing = () => Promise.resolve<string[]>([])
let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'opencore-write-'))
})
afterEach(() => rm(root, { recursive: true }))

describe(writeFiles, () => {
  it('adds, changes and removes files in one step', async () => {
    await writeFile(join(root, 'old.yaml'), 'old')
    await writeFile(join(root, 'kept.yaml'), 'before')
    const { changes } = await writeFiles(
      root,
      [
        { path: 'kept.yaml', text: 'after' },
        { path: 'deep/new.yaml', text: 'new' },
      ],
      () => Promise.resolve(['old.yaml', 'kept.yaml']),
    )
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'added deep/new.yaml',
      'changed kept.yaml',
      'removed old.yaml',
    ])
    expect(await readFile(join(root, 'deep/new.yaml'), 'utf8')).toBe('new')
    expect(await readdir(root)).toEqual(['.opencore', 'deep', 'kept.yaml'])
  })

  it('writes nothing when the disk already equals the plan', async () => {
    await writeFile(join(root, 'a'), 'same')
    expect(await writeFiles(root, [{ path: 'a', text: 'same' }], nothing)).toEqual({
      repaired: 0,
      changes: [],
    })
  })

  it('finishes an interrupted write before its own', async () => {
    await stageChanges(root, [{ kind: 'added', path: 'a', text: 'from the interrupted write' }])
    await expect(refuseInterruptedWrite(root)).rejects.toThrow('interrupted half way (1 to go)')
    expect((await writeFiles(root, [], nothing)).repaired).toBe(1)
    expect(await readFile(join(root, 'a'), 'utf8')).toBe('from the interrupted write')
    await refuseInterruptedWrite(root)
  })

  it('lets two writers at once both end with a whole tree', async () => {
    const plan = (text: string) => ['a', 'b', 'c'].map((path) => ({ path, text }))
    await Promise.all([writeFiles(root, plan('one'), nothing), writeFiles(root, plan('two'), nothing)])
    const texts = await Promise.all(['a', 'b', 'c'].map((path) => readFile(join(root, path), 'utf8')))
    expect(new Set(texts).size).toBe(1)
  })
})
