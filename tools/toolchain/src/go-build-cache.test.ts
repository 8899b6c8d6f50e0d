import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { dropBuildCache, goBuildFolders } from './go-build-cache.ts'
import { takeLock } from './tool-lock.ts'

let scratch = ''
beforeEach(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'opencore-cache-'))
  vi.stubEnv('OPENCORE_CACHE', scratch)
  mkdirSync(goBuildFolders().cache, { recursive: true })
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(scratch, { recursive: true })
})

it('drops what was compiled when nobody builds', async () => {
  await dropBuildCache(['known'])
  expect(existsSync(goBuildFolders().cache)).toBe(false)
})

it.each(['known', 'of-another-checkout'])('keeps it while %s is built', async (name) => {
  const release = await takeLock(name, () => undefined)
  await dropBuildCache(['known'])
  expect(existsSync(goBuildFolders().cache)).toBe(true)
  await release()
})
