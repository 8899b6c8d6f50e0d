import { identifyProcess, type ProcessIdentity } from '@opencore/cluster/process-identity'
import { execa } from 'execa'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withFolderLock } from './lock-folder.ts'

const busy = {
  code: 'BUSY',
  severity: 'error' as const,
  at: { file: 'folder' },
  found: 'another is writing',
  wanted: 'one writer at a time',
  next: 'wait',
}
let folder: string
let owner: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-lock-'))
  owner = join(folder, 'lock.owner.json')
})
afterAll(() => rm(folder, { recursive: true }))

/** As a holder leaves it that has refreshed nothing for ten seconds. */
async function leaveLock(holder: ProcessIdentity | undefined): Promise<void> {
  const then = Date.now() / 1000 - 10
  await mkdir(`${folder}.lock`)
  await utimes(`${folder}.lock`, then, then)
  if (holder === undefined) await rm(owner, { force: true })
  else await writeFile(owner, JSON.stringify(holder))
}
const take = () => withFolderLock(folder, busy, () => Promise.resolve('mine'), { owner, tries: 1 })

it('waits for a holder that lives, however busy it is', async () => {
  await leaveLock(await identifyProcess(process.pid))
  await expect(take()).rejects.toMatchObject({ exitCode: 3, findings: [{ code: 'BUSY' }] })
  await rm(`${folder}.lock`, { recursive: true })
})

it('takes the lock over from a holder that was killed, or said nothing of itself', async () => {
  const child = execa('sleep', ['60'], { reject: false })
  const killed = await identifyProcess(child.pid ?? 0)
  child.kill('SIGKILL')
  await child
  expect(killed).toBeDefined()
  for (const holder of [killed, undefined]) {
    await leaveLock(holder)
    expect(await take()).toBe('mine')
  }
})

it('lets one after the other have it', async () => {
  const order: string[] = []
  const hold = (name: string) =>
    withFolderLock(
      folder,
      busy,
      async () => {
        order.push(`${name} begins`)
        await new Promise((resolve) => setTimeout(resolve, 100))
        order.push(`${name} ends`)
      },
      { owner },
    )
  await Promise.all([hold('one'), hold('two')])
  expect(order.map((line) => line.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends'])
})
