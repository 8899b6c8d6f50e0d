import { existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pid } from 'node:process'
import { cacheFolder } from './cache-folder.ts'
import { heldNames, tryLock } from './tool-lock.ts'

/** Where our go commands keep what they compiled, and their scratch files: several GB while tools are built. */
export function goBuildFolders(): { cache: string; temporary: string } {
  const folder = path.join(cacheFolder(), 'go-build')
  return { cache: path.join(folder, 'cache'), temporary: path.join(folder, 'tmp') }
}

/**
 * Remove the build cache, unless another process is building something: that process removes it at its own end. Holding
 * every lock for a moment proves that nobody builds: those of `names`, and whatever another checkout holds, which may have
 * tools that this one has not.
 */
export async function dropBuildCache(names: readonly string[]): Promise<void> {
  const folder = path.join(cacheFolder(), 'go-build')
  if (!existsSync(folder)) return
  const releases = await Promise.all([...new Set([...names, ...heldNames()])].map(tryLock))
  const doomed = `${folder}.dropped-${String(pid)}`
  // Renamed under the locks, removed after them: nobody waits for the removal of a hundred thousand files.
  if (releases.every((release) => release !== undefined)) renameSync(folder, doomed)
  for (const release of releases) await release?.()
  rmSync(doomed, { recursive: true, force: true })
}
