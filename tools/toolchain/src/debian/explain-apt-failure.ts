import type { Finding } from '@opencore/contract'
import type { PackageSet } from './packages.ts'

const SHOWN_LINES = 4

/** Turn what apt-get said into a finding: its last lines have the reason. */
export function explainAptFailure(
  { name, release }: Pick<PackageSet, 'name' | 'release'>,
  output: string,
): Finding {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const shown = lines.slice(-SHOWN_LINES).map((line) => `        ${line}`)
  return {
    code: 'DEBIAN_UNREACHABLE',
    severity: 'error',
    at: { file: 'tools/toolchain/src/debian/packages.ts' },
    found: `apt-get could not download the packages of ${name}`,
    wanted: `a mirror of Debian ${release} that answers (apt-get indextargets says which are known)`,
    next: ['connect, or mend /etc/apt, and run the command again; apt-get said:', ...shown].join('\n'),
  }
}
