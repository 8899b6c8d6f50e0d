import type { Finding } from '@opencore/contract'
import { execaSync } from 'execa'
import { readFileSync } from 'node:fs'
import { getuid, platform } from 'node:process'
import { RELEASE } from './packages.ts'

/** Why packages of Debian cannot be had on this machine; nothing where they can. */
export function findDebianLack(): Finding | undefined {
  if (platform !== 'linux') return missing(`this is ${platform}`)
  if (getuid?.() !== 0) return missing('this user is not root')
  if (execaSync('sh', ['-c', 'command -v apt-get && command -v dpkg-deb'], { reject: false }).failed)
    return missing('no apt-get and dpkg-deb on the PATH')
  const release = /^VERSION_CODENAME=(.*)$/m.exec(readRelease())?.[1]
  return release === RELEASE ? undefined : missing(`/etc/os-release says ${release ?? 'no VERSION_CODENAME'}`)
}

function readRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return ''
  }
}

function missing(found: string): Finding {
  return {
    code: 'PREREQUISITE_MISSING',
    severity: 'error',
    at: { file: 'tools/toolchain/src/debian' },
    found,
    wanted: `root on Debian ${RELEASE}, whose packages real nodes run`,
    next: 'run it there, or leave nodes simulated: they still prove what is wanted of a cluster, not that it runs',
  }
}
