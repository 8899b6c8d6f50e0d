import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FindingsError } from '@opencore/contract/findings'
import { withPlatformLock } from './lock.ts'

describe(withPlatformLock, () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opencore-lock-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('refuses a second holder and names the first', async () => {
    const second = withPlatformLock(folder, () => withPlatformLock(folder, () => Promise.resolve('both')))
    const error: unknown = await second.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(FindingsError)
    expect(error).toMatchObject({
      findings: [
        {
          code: 'PLATFORM_BUSY',
          found: `another command (process ${process.pid}) is working on this platform`,
        },
      ],
    })
  })

  it('is free again after the action, whether it worked or not', async () => {
    await expect(withPlatformLock(folder, () => Promise.reject(new Error('it broke')))).rejects.toThrow(
      'it broke',
    )
    expect(await withPlatformLock(folder, () => Promise.resolve('worked'))).toBe('worked')
  })

  it('takes the lock of a holder that was killed', async () => {
    await mkdir(join(folder, 'lock'))
    await writeFile(
      join(folder, 'lock.owner.json'),
      JSON.stringify({ pid: process.pid, started: 'long ago' }),
    )
    const past = new Date(Date.now() - 60_000)
    await utimes(join(folder, 'lock'), past, past)
    expect(await withPlatformLock(folder, () => Promise.resolve('taken'))).toBe('taken')
  })
})
