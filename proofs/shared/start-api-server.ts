import {
  adminConnection,
  apiServer,
  createClient,
  ensureCertificates,
  etcd,
  startReady,
  stopProcesses,
  type Connection,
  type KubernetesClient,
  type ProcessIdentity,
} from '@opencore/cluster'
import { freePort } from '@opencore/servers'
import { ensureTools } from '@opencore/toolchain'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An API server alone: it admits and refuses, and nothing else acts. */
export interface Server {
  connection: Connection
  client: KubernetesClient
  /** Of its own, and gone with it. */
  folder: string
  stop: () => Promise<void>
}

/** @param name of the proof, in the folder's and in logs */
export async function startApiServer(name: string, report: (line: string) => void): Promise<Server> {
  const tools = await ensureTools(['etcd', 'kube-apiserver'], report)
  const command = (tool: string) => tools[tool] ?? ''
  const folder = await mkdtemp(join(tmpdir(), `opencore-${name}-`))
  const running: ProcessIdentity[] = []
  const certificates = await ensureCertificates(join(folder, 'certificates'))
  const [port, peerPort, apiPort] = [await freePort(), await freePort(), await freePort()]
  const place = { logs: join(folder, 'logs'), marker: folder }
  const store = etcd({ command: command('etcd'), folder, port, peerPort, certificates })
  running.push(await startReady(store, place))
  const server = apiServer({
    command: command('kube-apiserver'),
    name,
    port: apiPort,
    etcdPort: port,
    certificates,
    // No controller makes accounts here.
    admission: { disable: ['ServiceAccount'] },
  })
  running.push(await startReady(server, place))
  const connection = adminConnection(apiPort, certificates)
  const client = createClient(connection)
  return {
    connection,
    client,
    folder,
    stop: async () => {
      await client.close()
      await stopProcesses(running.toReversed())
      await rm(folder, { recursive: true })
    },
  }
}
