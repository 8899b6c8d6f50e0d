import { execa } from 'execa'
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { RELEASE, type PackageSet } from './packages.ts'

/** A download of 40 MB at least; from a slow mirror it takes minutes. */
const PATIENCE_MILLISECONDS = 300_000
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** Run apt-get in a folder; its output is the caller's to read. */
export type Apt = (...args: string[]) => Promise<{ failed: boolean; stdout: string; stderr: string }>

/**
 * apt-get as this machine has it, or, for another release than its own, with lists in `folder` alone: of the same mirror,
 * and signed by the same keys. Nothing of the machine's own lists and packages is changed, but that its lists are read anew
 * when they are old.
 */
export async function aptFor({ release }: PackageSet, folder: string): Promise<Apt> {
  const own = runner(folder, [])
  if (release === RELEASE) return own
  const { stdout } = await own('indextargets', '--format', '$(SITE)', `Codename: ${RELEASE}`)
  const [mirror = ''] = stdout.split('\n')
  const place = path.join(folder, 'apt')
  for (const name of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(path.join(place, name), { recursive: true })
  closeSync(openSync(path.join(place, 'status'), 'w'))
  writeFileSync(path.join(place, 'sources.list'), `deb [signed-by=${KEYRING}] ${mirror} ${release} main\n`)
  return runner(folder, [
    ...['-o', `Dir::Etc::SourceList=${place}/sources.list`, '-o', 'Dir::Etc::SourceParts=-'],
    ...['-o', `Dir::State::Lists=${place}/lists`, '-o', `Dir::State::Status=${place}/status`],
    ...['-o', `Dir::Cache=${place}/cache`],
  ])
}

function runner(cwd: string, options: readonly string[]): Apt {
  return async (...args) =>
    execa('apt-get', ['--quiet', '-o', 'APT::Sandbox::User=root', ...options, ...args], {
      cwd,
      reject: false,
      stdin: 'ignore',
      timeout: PATIENCE_MILLISECONDS,
    })
}
