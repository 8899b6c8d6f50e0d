import { execa } from 'execa'
import { getuid, platform } from 'node:process'

/** How a program runs in a root that is not this machine's. */
export interface RootOptions {
  /** As in a pod with `readOnlyRootFilesystem`: nothing can be written but below `/tmp`. Without, what it writes stays. */
  readOnly: boolean
  /** `uid:gid`; root where it is left out. It gains nothing by any program, either way. */
  user?: string
  /** This machine's network; without, there is none but the loopback of its own. */
  network: boolean
  /** Files and folders of this machine by their place in a root that is read-only; read-only, too. */
  mounts?: Readonly<Record<string, string>>
}

/**
 * What a container runtime does; words are the root, then `ro` or `rw`, `uid:gid`, the number of mounts, these, the command.
 * A root that is read-only gets the places of mounts in a layer above it, which goes with the namespace.
 */
const SCRIPT = `
set -e
root=$1 mode=$2 user=$3 count=$4
shift 4
if [ "$mode" = ro ]; then
  mount -t tmpfs tmpfs /mnt
  mkdir /mnt/upper /mnt/work /mnt/root
  mount -t overlay -o "lowerdir=$root,upperdir=/mnt/upper,workdir=/mnt/work" overlay /mnt/root
  root=/mnt/root
fi
mkdir -p "$root/proc" "$root/dev" "$root/tmp"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
for device in null zero random urandom; do
  : > "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
while [ "$count" -gt 0 ]; do
  if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$(dirname "$root$2")" && : > "$root$2"; fi
  mount --bind "$1" "$root$2"
  mount -o remount,bind,ro "$root$2"
  count=$((count - 1))
  shift 2
done
[ "$mode" = rw ] || mount -o remount,bind,ro "$root"
exec setpriv --no-new-privs chroot --userspec="$user" --groups= "$root" "$@"
`

/**
 * The words of a command that runs another one in a root, in namespaces that end with it: mounts, processes, and the network
 * where it is not this machine's.
 */
export function enterRoot(root: string, options: RootOptions, command: readonly string[]): string[] {
  const mounts = Object.entries(options.mounts ?? {})
  return [
    'unshare',
    ...['--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child'],
    ...(options.network ? [] : ['--net']),
    ...['sh', '-c', options.network ? SCRIPT : `ip link set lo up\n${SCRIPT}`, 'sh'],
    ...[root, options.readOnly ? 'ro' : 'rw', options.user ?? '0:0', String(mounts.length)],
    ...mounts.flatMap(([place, source]) => [source, place]),
    ...command,
  ]
}

/** Why roots cannot be entered on this machine; nothing where they can. */
export async function findRootLack(): Promise<string | undefined> {
  if (platform !== 'linux' || getuid?.() !== 0) return 'needs root on Linux'
  const probe = 'ip link set lo up && mount -t tmpfs tmpfs /tmp && setpriv --no-new-privs true'
  const { failed, stderr } = await execa(
    'unshare',
    ['--mount', '--pid', '--net', '--fork', 'sh', '-c', probe],
    {
      reject: false,
    },
  )
  return failed ? `needs namespaces: ${stderr.trim()}` : undefined
}
