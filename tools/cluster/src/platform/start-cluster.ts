import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureCertificates } from '../control-plane/ensure-certificates.ts'
import { etcd } from '../control-plane/etcd.ts'
import { identifyProcess } from '../processes/process-identity.ts'
import { adminConnection } from '../control-plane/api-server.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { createClient } from '../kubernetes/client.ts'
import type { Definition } from '../kubernetes/apply-definitions.ts'
import { openJournal } from './journal.ts'
import { layOut } from './layout.ts'
import type { EnvironmentSpec, PlatformSpec } from './platform-spec.ts'
import { ensurePorts } from './ports.ts'
import { createProcessSet } from './process-set.ts'
import type { RealNodes } from './real-nodes.ts'
import { startEnvironment } from './start-environment.ts'

/** The binaries of a cluster with real nodes; ask the toolchain for exactly these. */
export const CLUSTER_TOOLS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const

/** A cluster with a real node in each zone, of which nothing is played and no Argo CD knows. */
export function specifyCluster(
  tools: Readonly<Record<string, string>>,
  environment: Pick<EnvironmentSpec, 'name' | 'zones'>,
  crds: Definition[] = [],
): PlatformSpec {
  return {
    tools: tools as PlatformSpec['tools'],
    modules: { argocd: '', kwok: '' },
    stages: '',
    environments: [{ ...environment, nodesPerZone: 1 }],
    crds,
    healthChecks: {},
  }
}

/** One cluster alone: for tests of what people do without Argo CD, and of real nodes. */
export interface Cluster {
  client: KubernetesClient
  /** Its address, as nodes reach it. */
  server: string
  /** Path of an administrator's kubeconfig. */
  kubeconfig: string
  stop: () => Promise<void>
}

/**
 * Start an API server with its controllers and the nodes of one environment in a scratch folder; nodes are simulated
 * where none are given.
 * @param signal stops all that was started when it is aborted, also before this has returned
 */
export async function startCluster(
  folder: string,
  spec: PlatformSpec,
  name: string,
  real?: RealNodes,
  signal?: AbortSignal,
): Promise<Cluster> {
  const layout = layOut(folder)
  const self = await identifyProcess(process.pid)
  await mkdir(layout.kubeconfigs, { recursive: true, mode: 0o700 })
  const ports = await ensurePorts(layout, [name])
  const certificates = await ensureCertificates(layout.certificates, real)
  const journal = openJournal(layout.state, self ?? { pid: process.pid, started: '' })
  const processes = createProcessSet({ logs: layout.logs, marker: layout.marker }, () => undefined)
  const stop = async () => {
    await processes.stopAll()
    await journal.flush()
  }
  signal?.addEventListener('abort', () => void stop())
  try {
    signal?.throwIfAborted()
    const { etcd: port, etcdPeer: peerPort } = ports.shared
    await processes.start(
      'store',
      etcd({ command: spec.tools.etcd, folder: layout.data, port, peerPort, certificates }),
    )
    const environment = spec.environments.find((one) => one.name === name)
    if (environment === undefined) throw new Error(`${name} is not among the environments`)
    const context = { layout, spec, ports, certificates, processes, journal }
    await startEnvironment(context, environment, { real })
    const apiPort = ports.environments[name] ?? 0
    const connection = adminConnection(apiPort, certificates, real?.host)
    const client = createClient(connection)
    const kubeconfig = join(layout.kubeconfigs, `env-${name}.yaml`)
    return {
      client,
      server: connection.server,
      kubeconfig,
      stop: async () => {
        await client.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
