import { execa } from 'execa'
import { getuid } from 'node:process'

export interface DebianPackage {
  /** The command that is wanted, such as `redis-server`. */
  command: string
  /** The package that has it. */
  package: string
}

/**
 * Whether a command is on the PATH, after an attempt to install its Debian package where this program is root.
 * @returns undefined, or what is missing, for a test's `skip`: `needs redis-server`
 */
export async function ensureCommand(wanted: DebianPackage): Promise<string | undefined> {
  if (await isOnPath(wanted.command)) return undefined
  if (getuid?.() === 0) {
    const apt = (...args: string[]) =>
      execa('apt-get', ['--quiet', '--yes', ...args], {
        reject: false,
        stdin: 'ignore',
        timeout: 300_000,
        env: { DEBIAN_FRONTEND: 'noninteractive' },
      })
    const install = () => apt('install', '--no-install-recommends', wanted.package)
    if ((await install()).failed) {
      await apt('update')
      await install()
    }
  }
  return (await isOnPath(wanted.command)) ? undefined : `needs ${wanted.package}`
}

async function isOnPath(command: string): Promise<boolean> {
  return !(await execa('sh', ['-c', 'command -v "$1"', 'sh', command], { reject: false })).failed
}
