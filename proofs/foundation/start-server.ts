import {
  adminConnection,
  apiServer,
  createClient,
  ensureCertificates,
  etcd,
  startReady,
  stopProcesses,
  type KubernetesClient,
  type ProcessIdentity,
} from '@opencore/cluster'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An API server alone: it admits and refuses, and nothing else acts. */
export interface Server {
  client: KubernetesClient
  stop: () => Promise<void>
}

export async function startServer(tools: { etcd: string; apiServer: string }): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-controls-'))
  const running: ProcessIdentity[] = []
  const certificates = await ensureCertificates(join(folder, 'certificates'))
  const [port, peerPort, apiPort] = [await freePort(), await freePort(), await freePort()]
  const place = { logs: join(folder, 'logs'), marker: folder }
  const store = etcd({ command: tools.etcd, folder, port, peerPort, certificates })
  running.push(await startReady(store, place))
  const server = apiServer({
    command: tools.apiServer,
    name: 'controls',
    port: apiPort,
    etcdPort: port,
    certificates,
    // No controller makes accounts here.
    admission: { disable: ['ServiceAccount'] },
  })
  running.push(await startReady(server, place))
  const client = createClient(adminConnection(apiPort, certificates))
  return {
    client,
    stop: async () => {
      await client.close()
      await stopProcesses(running.toReversed())
      await rm(folder, { recursive: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
