import { layOut, readStatus } from '@opencore/cluster'
import { execa } from 'execa'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { opencore, root } from './opencore.ts'
import { until } from './test-platform.ts'

describe('opencore up that is interrupted', () => {
  // Waits for the platform to come up half way: before its processes, among them, and while Argo CD syncs.
  it.each(['absent', 'starting', 'running'])(
    'by Ctrl-C while it is %s leaves no process behind',
    async (phase) => {
      const folder = await mkdtemp(join(tmpdir(), 'opencore-interrupt-'))
      const child = start(folder)
      // Nobody can see when the command has begun to work.
      if (phase === 'absent') await sleep(1000)
      await until(`platform that is ${phase}`, 120, async () => (await readStatus(folder)).phase === phase)
      child.kill('SIGINT')
      const { exitCode, signal } = await child
      // In its first moments there is nothing to tear down and no handler yet: a shell says 130 of both.
      expect(signal ?? exitCode).toBe(signal === undefined ? 130 : 'SIGINT')
      expect(await readStatus(folder)).toEqual({ phase: 'absent' })
      await rm(folder, { recursive: true })
    },
  )

  it('by Ctrl-C, twice, while it commits what is to be synced leaves no process behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opencore-interrupt-'))
    const child = start(folder)
    await until('repository', 120, () => Promise.resolve(existsSync(layOut(folder).repository)))
    child.kill('SIGINT')
    child.kill('SIGTERM')
    expect((await child).exitCode).toBe(130)
    expect(await readStatus(folder)).toEqual({ phase: 'absent' })
    await rm(folder, { recursive: true })
  })

  it('by SIGKILL leaves a platform that `status` names and `down` removes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opencore-interrupt-'))
    const child = start(folder)
    await until('process of the platform', 60, async () => (await readStatus(folder)).phase !== 'absent')
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
    // Five seconds after SIGTERM execa would kill what still tears down.
    forceKillAfterDelay: false,
  })
