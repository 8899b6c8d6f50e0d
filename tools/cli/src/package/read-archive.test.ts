import { execa } from 'execa'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readArchive } from './read-archive.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-archive-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe(readArchive, () => {
  test('reads what tar packs: empty files, whole blocks, and names that fit no header', async () => {
    const files = {
      'demo/Chart.yaml': 'name: demo\n',
      'demo/empty': '',
      'demo/block': 'x'.repeat(512),
      [`demo/${'long/'.repeat(60)}name`]: 'long',
      'demo/after': 'after',
    }
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    }
    await execa('tar', ['--format=pax', '-czf', 'demo.tgz', ...Object.keys(files)], { cwd: folder })
    const read = readArchive(await readFile(join(folder, 'demo.tgz')))
    expect(read.map(({ name, content }) => [name, content.toString()])).toEqual(Object.entries(files))
  })
})
