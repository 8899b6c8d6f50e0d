import { findMarkedProcesses, layOut, stopProcesses } from '@opencore/cluster'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nodesFolder, OFF } from './node/nodes-folder.ts'

/**
 * End everything on a node of the platform in this folder at once, as when its power goes, and keep it so until `powerOn`.
 * What its pods wrote stays on its disk. Throws where no such node runs.
 */
export async function powerOff(folder: string, node: string): Promise<void> {
  const layout = layOut(folder)
  const own = join(nodesFolder(layout), node)
  const script = join(own, 'inner.sh')
  const marked = await findMarkedProcesses(layout.marker)
  const commands = await Promise.all(
    marked.map(({ pid }) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  )
  // The first one in the node's own processes: all others end with it.
  const first = marked.filter((_, index) => {
    const words = (commands[index] ?? '').split('\0')
    return words[0] === 'unshare' && words.includes(script)
  })
  if (first.length === 0) throw new Error(`${node} does not run`)
  // Whoever keeps the platform's processes starts what ended; its script waits where this file is.
  await writeFile(join(own, OFF), '')
  await stopProcesses(first, 0)
}

/** A node whose power went starts again, with its disk as it was. */
export async function powerOn(folder: string, node: string): Promise<void> {
  await rm(join(nodesFolder(layOut(folder)), node, OFF), { force: true })
}
