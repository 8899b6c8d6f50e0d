import type { layOut, Storage } from '@opencore/cluster'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { nodesFolder } from '../node/nodes-folder.ts'

/** Inside a node, whose `/var/lib` is a folder of its own. */
const VOLUMES = 'volumes'

/**
 * Volumes that are folders of one node, as its own disk would be: they are lost with it, and nobody else can have them. The
 * kubelet gives them to the group of the pod; a size is not held to.
 */
export function diskStorage(layout: ReturnType<typeof layOut>): Storage {
  return {
    name: 'local-disk',
    expandable: false,
    place: 'kubernetes.io/hostname',
    make: async (node, uid) => {
      await mkdir(join(nodesFolder(layout), node, 'lib', VOLUMES, uid), { recursive: true })
      return { local: { path: join('/var/lib', VOLUMES, uid) } }
    },
  }
}
