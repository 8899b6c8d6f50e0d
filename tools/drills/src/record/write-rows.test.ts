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
  const program = `#!/bin/sh\nPATH=/usr/bin:/bin\necho once >> ${folder}/asked\n[ $(wc -l < ${folder}/asked) -le 10 ] || exec sleep 5\n${psql}\n`
  await rm(join(folder, 'asked'), { force: true })
  await writeFile(join(folder, 'psql'), program, { mode: 0o755 })
  const { stdout } = await execa('/usr/bin/timeout', ['4', '/bin/sh', '-c', writeRows('writer')], {
    // As in the image: a shell, and no other program.
    env: { PATH: folder },
    reject: false,
  })
  return stdout.split('\n').filter((line) => line !== '')
}

it('a row is written once it was acknowledged, and each number once', async () => {
  const lines = (await run('echo 198.18.1.4')).filter((line) => line.startsWith('written'))
  expect(lines.slice(0, 2)).toEqual(['written 1 198.18.1.4', 'written 2 198.18.1.4'])
})

it('who answers as a primary is told, without any program but the shell and psql', async () => {
  expect(await run('case "$*" in *insert*) exit 1 ;; *) echo 198.18.1.4 ;; esac')).toContain(
    'primary 198.18.1.4',
  )
})

it('a row whose connection ended before it was acknowledged is not, whatever was printed', async () => {
  expect(await run('echo 198.18.1.4; exit 2')).toEqual([])
})
