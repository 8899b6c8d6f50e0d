import { installRequirements } from '@opencore/toolchain/python'
import { cacheFolder } from '@opencore/toolchain'
import { execa } from 'execa'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

const requirements = join(import.meta.dirname, 'requirements.txt')

/** Where Python finds nca, which is installed once from PyPI by digest; or why it cannot be. */
export async function installNca(): Promise<{ path: string } | { missing: string }> {
  const python = await execa('python3', ['-m', 'pip', '--version'], { reject: false })
  if (python.failed) return { missing: 'needs python3 with pip' }
  const digest = createHash('sha256')
    .update(await readFile(requirements))
    .update(python.stdout.replace(/.*\(/, ''))
    .digest('hex')
    .slice(0, 12)
  const path = join(cacheFolder(), 'python', `nca-${digest}`)
  if (existsSync(path)) return { path }
  await mkdir(join(cacheFolder(), 'python'), { recursive: true })
  const partial = await mkdtemp(`${path}-partial-`)
  const failure = await installRequirements(requirements, partial)
  if (failure !== undefined) throw new Error(failure)
  // Whoever else installs it at the same time has the same.
  await rename(partial, path).catch(() => rm(partial, { recursive: true }))
  return { path }
}
