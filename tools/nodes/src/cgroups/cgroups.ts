import { readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Processes that were killed leave their groups within this time. */
const PATIENCE_MS = 10_000

/** Where each hierarchy of control groups is mounted; version 2 beside version 1 is one of them. */
export function listHierarchies(): { folder: string; version: 1 | 2; controllers: string }[] {
  return readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, , type = '']) => type === 'cgroup' || type === 'cgroup2')
    .map(([, folder = '', type, controllers = '']) => ({
      folder,
      version: type === 'cgroup2' ? 2 : 1,
      controllers,
    }))
}

/** The group of a platform, below which each node has its own. */
export const groupOf = (marker: string) => `opencore-${marker}`

/** Make the groups that kubelets start from: one for each node in every hierarchy. */
export async function makeGroups(marker: string, nodes: readonly string[]): Promise<void> {
  for (const { folder, version, controllers } of listHierarchies()) {
    if (version === 2) continue
    const top = join(folder, groupOf(marker))
    await mkdir(top, { recursive: true })
    if (controllers.split(',').includes('cpuset')) {
      // A group without processors and memory takes no process; those below take them from it.
      for (const file of ['cpuset.cpus', 'cpuset.mems'])
        await writeFile(join(top, file), await readFile(join(folder, file), 'utf8'))
      await writeFile(join(top, 'cgroup.clone_children'), '1')
    }
    for (const node of nodes) await mkdir(join(top, node), { recursive: true })
  }
}

/** Remove all groups of a platform, whose processes have ended or are about to. */
export async function removeGroups(marker: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  for (const { folder } of listHierarchies()) {
    const top = join(folder, groupOf(marker))
    while (!(await removeTree(top))) {
      if (Date.now() > deadline) throw new Error(`${top} is still in use`)
      await sleep(100)
    }
  }
}

/** Whether a group and all below it are gone. They are only ever removed one by one, from below. */
async function removeTree(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) return true
  for (const entry of entries) if (entry.isDirectory()) await removeTree(join(folder, entry.name))
  return rmdir(folder).then(
    () => true,
    (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT',
  )
}
