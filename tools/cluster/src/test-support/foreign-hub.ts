import { ensureTools, moduleFolder } from '@opencore/toolchain'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { layOutArgocd } from '../argocd/argocd-folder.ts'
import { argocdProcesses } from '../argocd/argocd-processes.ts'
import { redis } from '../argocd/redis.ts'
import { adminConnection, apiServer } from '../control-plane/api-server.ts'
import { HUB_CONTROLLERS, controllerManager } from '../control-plane/controller-manager.ts'
import { ensureCertificates } from '../control-plane/ensure-certificates.ts'
import { etcd } from '../control-plane/etcd.ts'
import { pickPorts } from '../control-plane/pick-ports.ts'
import { createClient, type KubernetesClient } from '../kubernetes/client.ts'
import type { Connection } from '../kubernetes/connection.ts'
import { writeKubeconfig } from '../kubernetes/write-kubeconfig.ts'
import { SHARED } from '../platform/ports.ts'
import type { ProcessIdentity } from '../processes/process-identity.ts'
import type { ProcessSpec } from '../processes/process-spec.ts'
import { startReady } from '../processes/start-ready.ts'
import { stopProcesses } from '../processes/stop-processes.ts'

/** An API server that no platform manages, and in it whatever a test puts there. */
export interface ForeignHub {
  connection: Connection
  client: KubernetesClient
  /** Run Argo CD as its Deployments would, of which nothing here makes pods; its namespace has to be there. */
  startArgocd: () => Promise<void>
  stop: () => Promise<void>
}

/** Start etcd and an API server in a scratch folder; `adapt` makes other arguments of those that ours have. */
export async function startForeignHub(
  folder: string,
  say: (line: string) => void,
  adapt = (own: readonly string[]): readonly string[] => own,
): Promise<ForeignHub> {
  const tools = await ensureTools(
    ['etcd', 'kube-apiserver', 'kube-controller-manager', 'argocd', 'redis-server'],
    say,
  )
  const tool = (name: string) => tools[name] ?? ''
  await mkdir(folder, { recursive: true })
  const certificates = await ensureCertificates(join(folder, 'certificates'))
  const ports = await pickPorts(SHARED)
  const running: ProcessIdentity[] = []
  const place = { logs: join(folder, 'logs'), marker: folder }
  const start = async (spec: ProcessSpec) => {
    running.push(await startReady(spec, place))
  }
  const { etcd: port, etcdPeer: peerPort } = ports
  await start(etcd({ command: tool('etcd'), folder, port, peerPort, certificates }))
  const server = apiServer({
    command: tool('kube-apiserver'),
    name: 'foreign',
    port: ports.hub,
    etcdPort: port,
    certificates,
  })
  await start({ ...server, args: adapt(server.args) })
  const connection = adminConnection(ports.hub, certificates)
  const client = createClient(connection)
  return {
    connection,
    client,
    startArgocd: async () => {
      const kubeconfig = join(folder, 'argocd.yaml')
      await writeKubeconfig(kubeconfig, { name: 'hub', connection, namespace: 'argocd' })
      const manager = join(folder, 'controller-manager.yaml')
      const own = { ...connection, ...certificates.clients['kube-controller-manager'] }
      await writeKubeconfig(manager, { name: 'hub', connection: own })
      const layout = await layOutArgocd(join(folder, 'argocd'), {
        argocd: tool('argocd'),
        module: await moduleFolder('github.com/argoproj/argo-cd/v3'),
      })
      await start(redis({ command: tool('redis-server'), port: ports.redis }))
      await start(
        controllerManager({
          command: tool('kube-controller-manager'),
          name: 'foreign',
          kubeconfig: manager,
          certificates,
          controllers: HUB_CONTROLLERS,
        }),
      )
      await Promise.all(
        argocdProcesses({ folder: layout, kubeconfig, ports, reconciliation: '6s' }).map(start),
      )
    },
    stop: async () => {
      await client.close()
      await stopProcesses(running.toReversed())
    },
  }
}
