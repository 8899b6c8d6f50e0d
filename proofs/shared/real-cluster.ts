import { CLUSTER_TOOLS, specifyCluster, startCluster, type Cluster, type Definition } from '@opencore/cluster'
import { openNodes, powerCycle, removeNodes, type ImageSpec } from '@opencore/nodes'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PATIENCE_MS = 60_000
const NAME = 'real'

export interface RealClusterSpec {
  zones: string[]
  images: readonly ImageSpec[]
  definitions: Definition[]
}

/** An API server, its controllers and a real node in each zone, in a scratch folder. */
export interface RealCluster extends Pick<Cluster, 'client' | 'kubeconfig'> {
  /** Where nodes reach the API server. */
  api: { host: string; port: number }
  /** What kubectl prints, or why it failed. */
  kubectl: (args: readonly string[], input?: string) => Promise<string>
  /** A node loses its power: everything on it ends at once, and it starts again by itself. */
  powerCycle: (node: string) => Promise<void>
  /** End everything, and remove it. */
  stop: () => Promise<void>
}

/** Start real nodes for one proof; ask `findLack` of @opencore/nodes first. */
export async function startRealCluster(
  { zones, images, definitions }: RealClusterSpec,
  report: (line: string) => void,
): Promise<RealCluster> {
  const tools = await ensureTools([...CLUSTER_TOOLS, 'kubectl'], report)
  const folder = await mkdtemp(join(tmpdir(), 'opencore-real-'))
  const spec = specifyCluster(tools, { name: NAME, zones }, definitions)
  const remove = async () => {
    await removeNodes(folder)
    // What a node's last process wrote may still be coming.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
  try {
    const cluster = await startCluster(folder, spec, NAME, await openNodes(folder, zones, report, images))
    const { hostname: host, port } = new URL(cluster.server)
    return {
      client: cluster.client,
      kubeconfig: cluster.kubeconfig,
      api: { host, port: Number(port) },
      kubectl: async (words, input = '') => {
        const args = ['--kubeconfig', cluster.kubeconfig, ...words]
        const options = { reject: false, input, timeout: PATIENCE_MS } as const
        const { stdout, stderr } = await execa(tools['kubectl'] ?? '', args, options)
        return stdout === '' ? stderr : stdout
      },
      powerCycle: (node) => powerCycle(folder, node),
      stop: async () => {
        await cluster.stop()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}
