import { readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * Remove the folders of a tool's other versions, but for the one used last: a platform that still runs starts its
 * processes from it, and a second checkout may be one pin behind.
 */
export function pruneBinaries(name: string, current: string): void {
  const parent = path.dirname(current)
  const others = readdirSync(parent)
    .filter((entry) => entry.slice(0, entry.lastIndexOf('-')) === name && !entry.startsWith('.'))
    .map((entry) => path.join(parent, entry))
    .filter((folder) => folder !== current)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const folder of others.slice(1)) rmSync(folder, { recursive: true, force: true })
}
