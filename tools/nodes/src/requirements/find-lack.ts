import { findDebianLack } from '@opencore/toolchain/debian'
import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listHierarchies } from '../cgroups/cgroups.ts'

/** Each is tried in namespaces that end with the try. */
const TRIES = {
  'needs a kernel that lets root make namespaces': 'true',
  'needs overlayfs': 'mkdir a b c && mount -t overlay try -o ro,lowerdir=a:b c',
  'needs virtual network links':
    'ip link add try0 type veth peer name try1 && ip link add try2 type bridge && ip link set try1 master try2',
  'needs root to be able to give mounts of /proc/sys another content':
    'echo 1 > a && mount --bind a /proc/sys/vm/overcommit_memory',
}
const TRY_MS = 10_000

/**
 * Why real nodes cannot run on this machine, as a few words for whoever is told that something was left out; nothing where
 * they can. Whether Debian's mirror answers is seen later.
 */
export async function findLack(): Promise<string | undefined> {
  const debian = findDebianLack()
  if (debian !== undefined) return `needs ${debian.wanted} (${debian.found})`
  if (!listHierarchies().some(({ version, controllers }) => version === 1 && /\bmemory\b/.test(controllers)))
    return 'needs control groups of version 1: with version 2 it was not tried yet'
  for (const command of ['ip', 'unshare', 'tar', 'bash', 'find'])
    if ((await execa('sh', ['-c', 'command -v "$1"', 'sh', command], { reject: false })).failed)
      return `needs ${command}`
  for (const [lack, script] of Object.entries(TRIES)) if (!(await works(script))) return lack
  return undefined
}

async function works(script: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-try-'))
  const namespaces = ['--net', '--mount', '--mount-proc', '--pid', '--uts', '--ipc', '--fork', '--kill-child']
  try {
    const { failed } = await execa('unshare', [...namespaces, 'sh', '-c', script], {
      cwd: folder,
      reject: false,
      timeout: TRY_MS,
      killSignal: 'SIGKILL',
    })
    return !failed
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
