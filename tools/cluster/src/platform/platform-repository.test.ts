import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureSigningKey } from './ensure-signing-key.ts'
import { layOut } from './layout.ts'
import { withPlatformRepository, withSigningRepository } from './platform-repository.ts'

const hasGnupg = (await execa('gpg', ['--version'], { reject: false })).exitCode === 0

describe.skipIf(!hasGnupg)('the agent that signs for the platform', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opencore-repository-'))
    await ensureSigningKey(layOut(folder))
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** Of the agent that runs; nothing where none does. */
  const agent = async () => {
    const { signing } = layOut(folder)
    const args = ['--homedir', signing, '--no-autostart', 'GETINFO pid', '/bye']
    const { stdout } = await execa('gpg-connect-agent', args, { reject: false })
    return /^D (\d+)$/m.exec(stdout)?.[1]
  }

  it('goes on while another command only reads, and ends with who signs', async () => {
    await withSigningRepository(folder, async ({ env }) => {
      await execa('gpg', ['--batch', '--clearsign'], { input: 'text', ...(env === undefined ? {} : { env }) })
      const signing = await agent()
      expect(signing).toBeDefined()
      await withPlatformRepository(folder, () => Promise.resolve())
      expect(await agent()).toBe(signing)
    })
    expect(await agent()).toBeUndefined()
  })
})
