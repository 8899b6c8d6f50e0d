import { ensureTools, moduleFolder } from '@opencore/toolchain'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layOutArgocd } from '../argocd/argocd-folder.ts'
import { argocdProcesses } from '../argocd/argocd-processes.ts'
import { redis } from '../argocd/redis.ts'
import { pickPorts } from '../control-plane/pick-ports.ts'
import { layOut } from '../platform/layout.ts'
import { readPorts, SHARED } from '../platform/ports.ts'
import { startReady } from '../processes/start-ready.ts'
import { stopProcesses } from '../processes/stop-processes.ts'
import { bytesOf, field, flag, readStrings } from './protobuf.ts'

/** A folder of a git repository, as an Application names it. */
export interface ManifestRequest {
  application: string
  namespace: string
  git: string
  revision: string
  path: string
  directory: { include?: string; recurse?: boolean }
}

/** The repo-server of the platform in a folder. */
export async function repoServerOf(folder: string): Promise<number> {
  const { repoServer } = (await readPorts(layOut(folder))).shared
  if (repoServer === undefined) throw new Error(`no platform was started in ${folder}`)
  return repoServer
}

/**
 * What a repo-server makes of a source, as it tells Argo CD's controller: each object as JSON. Its service is gRPC
 * (argo-cd v3.6.1, reposerver/repository/repository.proto), of which these few fields are all that a plain directory needs.
 */
export async function generateManifests(port: number, request: ManifestRequest): Promise<string[]> {
  const { application, namespace, git, revision, path, directory } = request
  const source = bytesOf(
    field(1, git),
    field(2, path),
    field(4, revision),
    field(10, bytesOf(flag(1, directory.recurse === true), field(4, directory.include ?? ''))),
  )
  const message = bytesOf(
    field(1, bytesOf(field(1, git))),
    field(2, revision),
    flag(3, true),
    field(4, 'app.kubernetes.io/instance'),
    field(5, application),
    field(8, namespace),
    field(10, source),
    field(19, 'annotation'),
    field(24, git),
  )
  return readStrings(await call(port, '/repository.RepoServerService/GenerateManifest', message), 1)
}

/** One gRPC call: a frame is a byte that says it is not compressed, four bytes of length, and the message. */
async function call(port: number, path: string, message: Buffer): Promise<Buffer> {
  const session = connect(`http://127.0.0.1:${port}`)
  try {
    const headers = { ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' }
    const stream = session.request(headers)
    const head = Buffer.alloc(5)
    head.writeUInt32BE(message.length, 1)
    stream.end(Buffer.concat([head, message]))
    let status: Record<string, unknown> = {}
    for (const event of ['response', 'trailers'])
      stream.on(event, (these: Record<string, unknown>) => {
        status = { ...status, ...these }
      })
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    if (status['grpc-status'] !== '0')
      throw new Error(`the repo-server says: ${decodeURIComponent(String(status['grpc-message']))}`)
    return Buffer.concat(chunks).subarray(5)
  } finally {
    session.close()
  }
}

/** A repo-server of its own, as the platform's is but for variables that a test gives it; with caches of its own. */
export async function startRepoServer(
  platform: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-repo-server-'))
  const tools = await ensureTools(['argocd', 'redis-server'], console.error)
  const layout = await layOutArgocd(join(folder, 'argocd'), {
    argocd: tools['argocd'] ?? '',
    module: await moduleFolder('github.com/argoproj/argo-cd/v3'),
  })
  const ports = await pickPorts(SHARED)
  const kubeconfig = join(layOut(platform).kubeconfigs, 'hub.yaml')
  const place = { logs: join(folder, 'logs'), marker: folder }
  const [server] = argocdProcesses({ folder: layout, kubeconfig, ports, reconciliation: '6s' })
  if (server === undefined) throw new Error('Argo CD has no repo-server')
  const cache = await startReady(redis({ command: tools['redis-server'] ?? '', port: ports.redis }), place)
  const running = await startReady({ ...server, env: { ...server.env, ...variables } }, place)
  return {
    port: ports.repoServer,
    stop: async () => {
      await stopProcesses([running, cache])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
