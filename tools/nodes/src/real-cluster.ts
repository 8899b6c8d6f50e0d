import {
  CLUSTER_TOOLS,
  makeOwnFolder,
  requireOwnFolder,
  specifyCluster,
  startCluster,
  type Cluster,
  type Definition,
} from '@opencore/cluster'
import type { ImageSpec } from '@opencore/images'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cutOff, plugIn } from './network/cut-off.ts'
import type { ObjectStore } from './object-store/object-store.ts'
import { startObjectStore } from './object-store/start-object-store.ts'
import { openNodes } from './open-nodes.ts'
import { powerOff, powerOn } from './power.ts'
import { removeNodes } from './remove-nodes.ts'

const PATIENCE_MS = 180_000
const NAME = 'real'

export interface RealClusterSpec {
  /** It is removed in the end, and what an earlier run left there is ended first; a new one where left out. */
  folder?: string
  zones: string[]
  images: readonly ImageSpec[]
  definitions: Definition[]
  /** Those of the store of objects beside the nodes; without, there is none. */
  buckets?: readonly string[]
}

/** An API server, its controllers and a real node in each zone. */
export interface RealCluster extends Pick<Cluster, 'client' | 'kubeconfig'> {
  /** Where nodes reach the API server. */
  api: { host: string; port: number }
  /** The store of objects, where it has buckets. */
  store: ObjectStore | undefined
  /** What kubectl prints, or why it failed. */
  kubectl: (args: readonly string[], input?: string) => Promise<string>
  /** A node loses its power: everything on it ends at once, and stays so. */
  powerOff: (node: string) => Promise<void>
  /** It has its power again, and starts. */
  powerOn: (node: string) => Promise<void>
  /** A node and what runs on it reach nobody else any more. */
  cutOff: (node: string) => Promise<void>
  /** They do again. */
  plugIn: (node: string) => Promise<void>
  /** End everything, and remove it. */
  stop: () => Promise<void>
}

/**
 * Start real nodes for one proof or drill; ask `findLack` first. Throws a FindingsError with FOLDER_FOREIGN for a folder that is
 * not this user's alone.
 * @param signal ends what was started, also while it starts; call `removeRealCluster` then
 */
export async function startRealCluster(
  { folder: given, zones, images, definitions, buckets }: RealClusterSpec,
  report: (line: string) => void,
  signal?: AbortSignal,
): Promise<RealCluster> {
  if (given !== undefined) await makeOwnFolder(given)
  const tools = await ensureTools([...CLUSTER_TOOLS, 'kubectl'], report)
  const spec = specifyCluster(tools, { name: NAME, zones }, definitions)
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'opencore-real-')))
  try {
    const nodes = await openNodes(folder, zones, report, images)
    const cluster = await startCluster(folder, spec, NAME, nodes, signal)
    const { hostname: host, port } = new URL(cluster.server)
    const store = buckets && (await startObjectStore(folder, { host, buckets }, report))
    return {
      store,
      client: cluster.client,
      kubeconfig: cluster.kubeconfig,
      api: { host, port: Number(port) },
      kubectl: async (words, input = '') => {
        const args = ['--kubeconfig', cluster.kubeconfig, ...words]
        const options = { reject: false, input, timeout: PATIENCE_MS } as const
        const { stdout, stderr } = await execa(tools['kubectl'] ?? '', args, options)
        return stdout === '' ? stderr : stdout
      },
      powerOff: (node) => powerOff(folder, node),
      powerOn: (node) => powerOn(folder, node),
      cutOff: (node) => cutOff(folder, zones, node),
      plugIn: (node) => plugIn(folder, zones, node),
      stop: async () => {
        await cluster.stop()
        await removeRealCluster(folder)
      },
    }
  } catch (error) {
    await removeRealCluster(folder)
    throw error
  }
}

/**
 * Remove a folder with real nodes, and all that runs of them; nothing happens where there is none. Throws a FindingsError with
 * FOLDER_FOREIGN, as `startRealCluster` does.
 */
export async function removeRealCluster(folder: string): Promise<void> {
  await requireOwnFolder(folder)
  await removeNodes(folder)
  // What a node's last process wrote may still be coming.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
}
