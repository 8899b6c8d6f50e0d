import { execa } from 'execa'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeRows } from './write-rows.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-rows-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The script's first lines with a psql that answers so, and is asked for at most ten rows. */
async function run(psql: string): Promise<string[]> {
  const program = `#!/bin/sh\necho once >> ${folder}/asked\n[ $(wc -l < ${folder}/asked) -le 10 ] || exec sleep 5\n${psql}\n`
  await rm(join(folder, 'asked'), { force: true })
  await writeFile(join(folder, 'psql'), program, { mode: 0o755 })
  const { stdout } = await execa('timeout', ['2', 'sh', '-c', writeRows('writer')], {
    env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    reject: false,
  })
  return stdout.split('\n').filter((line) => line.startsWith('written'))
}

it('a row is written once it was acknowledged, and each number once', async () => {
  const lines = await run('echo 198.18.1.4')
  expect(lines.slice(0, 3)).toEqual(['written 1 198.18.1.4', 'written 2 198.18.1.4', 'written 3 198.18.1.4'])
})

it('a row whose connection ended before it was acknowledged is not, whatever was printed', async () => {
  expect(await run('echo 198.18.1.4; exit 2')).toEqual([])
})
