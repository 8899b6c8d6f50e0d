import { readStatus } from '@opencore/cluster'
import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { opencore, root } from './opencore.ts'

describe('opencore up that is interrupted', () => {
  // Waits for the platform to come up half way: before its processes, among them, and while Argo CD syncs.
  it.each([1, 6, 20])('by Ctrl-C after %i s leaves no process behind', async (seconds) => {
    const folder = await mkdtemp(join(tmpdir(), 'opencore-interrupt-'))
    const child = start(folder)
    await sleep(seconds * 1000)
    child.kill('SIGINT')
    const { exitCode, signal } = await child
    // In its first moments there is nothing to tear down and no handler yet: a shell says 130 of both.
    expect(signal ?? exitCode).toBe(signal === undefined ? 130 : 'SIGINT')
    expect(await readStatus(folder)).toEqual({ phase: 'absent' })
    await rm(folder, { recursive: true })
  })

  it('by SIGKILL leaves a platform that `status` names and `down` removes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opencore-interrupt-'))
    const child = start(folder)
    await sleep(8_000)
    child.kill('SIGKILL')
    await child
    expect((await readStatus(folder)).phase).not.toBe('absent')
    const down = await opencore(['down'], { env: { OPENCORE_PLATFORM_FOLDER: folder } })
    expect(down.exitCode).toBe(0)
    expect(await readStatus(folder)).toEqual({ phase: 'absent' })
    await rm(folder, { recursive: true })
  })
})

const start = (folder: string) =>
  execa(process.execPath, [join(root, 'bin/opencore.mjs'), 'up', '-e', 'dev'], {
    cwd: root,
    env: { OPENCORE_PLATFORM_FOLDER: folder },
    reject: false,
    stdin: 'ignore',
  })
