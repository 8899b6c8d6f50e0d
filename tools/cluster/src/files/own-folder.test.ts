import { FindingsError, formatFinding } from '@opencore/contract/findings'
import { chmod, chown, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { withPlatformLock } from '../platform/lock.ts'
import { makeOwnFolder, requireOwnFolder } from './own-folder.ts'

let scratch: string
let folder: string

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'opencore-own-'))
  folder = join(scratch, 'platform')
})
afterEach(() => rm(scratch, { recursive: true, force: true }))

async function said(action: Promise<unknown>): Promise<string | undefined> {
  try {
    await action
    return undefined
  } catch (error) {
    if (error instanceof FindingsError) return error.findings.map(formatFinding).join('\n')
    throw error
  }
}

const foreign = (found: string) =>
  `${folder}: ${found}  [FOLDER_FOREIGN]
  want  a folder of the user who runs this, which nobody else may write to: what is in it is removed in the end
  next  find out who made it and remove it, then run the same command again`

it('a folder that is not there is made for this user alone', async () => {
  expect(await said(requireOwnFolder(folder))).toBeUndefined()
  expect(await said(makeOwnFolder(folder))).toBeUndefined()
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect(await said(makeOwnFolder(folder))).toBeUndefined()
})

it.each([
  ['a link to a folder', 'it is a link', () => symlink(scratch, folder)],
  ['a link to nothing', 'it is a link', () => symlink(join(scratch, 'nothing'), folder)],
  ['a file', 'it is no folder', () => writeFile(folder, '')],
  [
    'a folder that others may write to',
    'others may write to it',
    async () => {
      await mkdir(folder)
      await chmod(folder, 0o770)
    },
  ],
])('%s is refused, also by whoever holds a platform there', async (_, found, make) => {
  await make()
  expect(await said(requireOwnFolder(folder))).toBe(foreign(found))
  expect(await said(makeOwnFolder(folder))).toBe(foreign(found))
  expect(await said(withPlatformLock(folder, () => Promise.resolve()))).toBe(foreign(found))
})

it.runIf(process.getuid?.() === 0)('a folder of somebody else is refused', async () => {
  await mkdir(folder)
  await chown(folder, 1234, 1234)
  expect(await said(makeOwnFolder(folder))).toBe(foreign('it belongs to user 1234, and this runs as 0'))
})
