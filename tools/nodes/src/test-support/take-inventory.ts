import { findMarkedProcesses, layOut } from '@opencore/cluster'
import { execa } from 'execa'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { groupOf, listHierarchies } from '../cgroups/cgroups.ts'
import { listLinks } from '../network/links.ts'
import { TUNABLES } from '../node/scripts.ts'

/** Where kubelet and containerd keep things on a machine that they have for themselves. */
const PLACES = [
  '/var/lib/kubelet',
  '/var/lib/containerd',
  '/var/lib/cni',
  '/opt/containerd',
  '/run/containerd',
  '/run/netns',
]

/**
 * Everything of a platform's nodes that this machine shows, and what they might have changed for others. Only what can
 * be theirs is counted, since other tests run beside.
 */
export async function takeInventory(folder: string) {
  const { marker } = layOut(folder)
  const group = groupOf(marker)
  const links = await listLinks()
  const { stdout: routes } = await execa('ip', ['-4', 'route'])
  const mounts = await readFile('/proc/mounts', 'utf8')
  const tunables = [...Object.keys(TUNABLES), 'net/ipv4/ip_forward'].map(
    async (name) => [name, await readFile(`/proc/sys/${name}`, 'utf8')] as const,
  )
  return {
    processes: (await findMarkedProcesses(marker)).length,
    grouped: await countGrouped(group),
    groups: listHierarchies().filter((hierarchy) => existsSync(join(hierarchy.folder, group))).length,
    links: links.filter(({ ifname }) => ifname.startsWith('oc-node')).length,
    routes: routes.split('\n').filter((line) => /^198\.1[89]\./.test(line)).length,
    mounts: mounts.split('\n').filter((line) => line.includes(folder)).length,
    places: PLACES.filter((place) => existsSync(place)),
    tunables: Object.fromEntries(await Promise.all(tunables)),
  }
}

/** Processes in the platform's control groups: those of containers, which carry no marker. */
async function countGrouped(group: string): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const texts = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '')))
  return texts.filter((text) => text.includes(group)).length
}
