import { enterRoot } from '@opencore/images'
import { cacheFolder, moduleFolder, type Report } from '@opencore/toolchain'
import { PYTHON, unpackImage } from '@opencore/toolchain/debian'
import { installRequirements } from '@opencore/toolchain/python'
import { execa } from 'execa'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const MODULE = 'github.com/cloudnative-pg/plugin-barman-cloud'
/** Of the release of PYTHON, and of the plugin's own image. */
const PYTHON_VERSION = '3.13'
/** Where Debian's Python finds what is not its own. */
const PACKAGES = 'usr/lib/python3/dist-packages'
/** There is no wheel of it, and a compiler is not to be had: Debian's own is taken. */
const FROM_DEBIAN = 'psycopg2'

/**
 * The absolute folder of a root with Barman's programs, as the plugin's own recipe makes it (containers/Dockerfile.sidecar):
 * the packages that it pins, by digest, and all compiled. What differs: PostgreSQL's client and its module for Python are
 * Debian's. Two minutes the first time, then nothing.
 * Throws a FindingsError (PREREQUISITE_MISSING, DEBIAN_UNREACHABLE), or what pip says.
 */
export async function barmanRoot(report: Report): Promise<string> {
  const file = join(await moduleFolder(MODULE), 'containers/sidecar-requirements.txt')
  const requirements = leaveOut(await readFile(file, 'utf8'), FROM_DEBIAN)
  const python = await unpackImage(PYTHON, report)
  const packages = await readFile(join(dirname(python), 'packages.txt'))
  const key = createHash('sha256').update(requirements).update(packages).digest('hex').slice(0, 12)
  const folder = join(cacheFolder(), 'images')
  const root = join(folder, `barman-cloud-${key}`)
  if (existsSync(root)) return root
  report('downloading Barman and what it runs with, 35 MB')
  await mkdir(folder, { recursive: true })
  // Beside the packages, since links lead no further than their file system.
  const work = await mkdtemp(join(folder, '.partial-'))
  try {
    const made = join(work, 'root')
    await execa('cp', ['--archive', '--link', python, made])
    await writeFile(join(work, 'requirements.txt'), requirements)
    const target = join(made, PACKAGES)
    const missing = await installRequirements(join(work, 'requirements.txt'), target, PYTHON_VERSION)
    if (missing !== undefined) throw new Error(`Barman could not be had: ${missing}`)
    await moveScripts(join(target, 'bin'), join(made, 'usr/bin'))
    const compile = ['/usr/bin/python3', '-m', 'compileall', '-q', '/usr/lib']
    const [command = '', ...words] = enterRoot(made, { readOnly: false, network: false }, compile)
    // A package may bring a template that is no Python, which is then left as it is.
    await execa(command, words, { reject: false })
    await rename(made, root).catch((error: unknown) => {
      if (!existsSync(root)) throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return root
}

/** A requirements file without one package: it begins a line, and its digests follow on lines of their own. */
function leaveOut(requirements: string, name: string): string {
  return requirements
    .split(/\n(?=[a-z])/)
    .filter((block) => !block.startsWith(`${name}==`))
    .join('\n')
}

/** pip writes into each program by which Python it was installed. */
async function moveScripts(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    if (!name.startsWith('barman-cloud-')) continue
    const text = await readFile(join(from, name), 'utf8')
    await writeFile(join(to, name), text.replace(/^#!.*/, '#!/usr/bin/python3'))
    await chmod(join(to, name), 0o755)
  }
  await rm(from, { recursive: true })
}
