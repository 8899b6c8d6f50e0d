import { execa } from 'execa'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFiles } from './read-files.ts'

let root: string
const git = (...args: string[]) => execa('git', args, { cwd: root })

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'read-files-'))
  await git('init', '--quiet')
})
afterAll(() => rm(root, { recursive: true }))

it(
  'has no text of what is too large to be anybody’s, however much of it there is',
  { timeout: 60_000 },
  async () => {
    await writeFile(join(root, 'small'), 'here\n')
    await writeFile(join(root, 'empty'), '')
    for (const [index, size] of [33, 33, 30, 30, 30, 30].entries())
      await writeFile(join(root, `large-${index}`), Buffer.alloc(size * 2 ** 20, 'x'))
    await git('add', '.')
    await git('-c', 'user.name=x', '-c', 'user.email=x@localhost', 'commit', '--quiet', '--message', 'large')
    const files = await readFiles({ folder: join(root, '.git') }, 'HEAD')
    const lengths = Object.fromEntries([...files].map(([path, text]) => [path, text.length / 2 ** 20]))
    expect(files.get('small')).toBe('here\n')
    expect(lengths).toMatchObject({ empty: 0, 'large-0': 0, 'large-1': 0, 'large-2': 30, 'large-5': 30 })
  },
)
