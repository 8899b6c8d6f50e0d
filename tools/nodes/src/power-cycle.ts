import { findMarkedProcesses, layOut, stopProcesses } from '@opencore/cluster'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nodesFolder } from './node/nodes-folder.ts'

/**
 * End everything on a node of the platform in this folder at once, as when its power goes; it starts again, since whoever
 * keeps the platform's processes starts what ended. What its pods wrote stays on its disk. Throws where no such node runs.
 */
export async function powerCycle(folder: string, node: string): Promise<void> {
  const layout = layOut(folder)
  const script = join(nodesFolder(layout), node, 'inner.sh')
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
  await stopProcesses(first, 0)
}
