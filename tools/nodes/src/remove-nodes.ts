import { findMarkedProcesses, layOut, stopAll } from '@opencore/cluster'
import { removeGroups } from './cgroups/cgroups.ts'
import { closeNetwork } from './network/open-network.ts'

/**
 * Remove what a platform's nodes leave when its processes were stopped, or killed in any order: processes that still run,
 * its bridge, its control groups. Namespaces and mounts end with the last process in them. Nothing happens when there is
 * nothing, and for who is not root and cannot have made any; everything of the platform in this folder ends otherwise.
 */
export async function removeNodes(folder: string): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return
  const { marker } = layOut(folder)
  await endNodes(folder)
  await closeNetwork(marker)
  await removeGroups(marker)
}

/**
 * End everything of a platform that still runs. Its bridge and its control groups stay. Throws a FindingsError with
 * PROCESSES_LEFT.
 */
export async function endNodes(folder: string): Promise<void> {
  const { marker } = layOut(folder)
  // At once: whoever is left has lost what it talks to, and a node's first process cannot be asked to end.
  await stopAll(folder, () => findMarkedProcesses(marker), 0)
}
