import { join } from 'node:path'
import { adminConnection, apiServer } from '../control-plane/api-server.ts'
import { ensureCertificates, type CertificateFiles } from '../control-plane/ensure-certificates.ts'
import { etcd } from '../control-plane/etcd.ts'
import { pickPorts } from '../control-plane/pick-ports.ts'
import { createClient, type KubernetesClient } from '../kubernetes/client.ts'
import { isRunning } from '../processes/process-identity.ts'
import type { ProcessSpec } from '../processes/process-spec.ts'
import { startReady } from '../processes/start-ready.ts'
import type { Report } from '../report.ts'
import { readState, writeState, type JudgeState, type ServerState } from './judge-state.ts'
import { stopServers } from './stop-judge.ts'
import { withLock } from '../files/with-lock.ts'

export interface ServerOptions {
  folder: string
  /** Absolute paths of the binaries. */
  tools: { etcd: string; apiServer: string }
  /** Changes with the binaries and the definitions. */
  key: string
  report: Report
}

/** Under which name the judge applies what it applies. */
export const fieldManager = 'judge'

/**
 * The server that holds an environment's foundation and is asked about its objects; one for all environments, since
 * another foundation takes it a second, and another server some ten of processor time and 700 MiB.
 */
export const REVIEW = 'review'

/** Beside it: the server that holds what runs, so that an update of it can be tried. */
export const REHEARSAL = 'rehearsal'

/**
 * Beyond it Go collects garbage sooner. With the definitions of a whole bank 255 MiB are alive; without a limit the server
 * took 970 MiB at its most, with this one 630 for a sixth more of its processor time.
 */
const GOMEMLIMIT = '560MiB'

/** No controller makes ServiceAccounts or counts quotas here, so both would refuse everything. */
const WITHOUT_CONTROLLERS = ['ServiceAccount', 'ResourceQuota']

/** What runs was let in; it needs no namespace, takes no defaults of one, and must be gone as soon as it is deleted. */
const NOT_REHEARSED = ['NamespaceLifecycle', 'LimitRanger', 'PodSecurity', 'StorageObjectInUseProtection']

/** A client of one of the judge's API servers: the one that runs since an earlier call, or a new one. */
export async function connectServer(name: string, options: ServerOptions): Promise<KubernetesClient> {
  const { folder } = options
  const certificates = await ensureCertificates(join(folder, 'certificates'))
  const running = await findServer(name, options, certificates)
  if (running !== undefined) return running
  return withLock(join(folder, 'servers'), async () => {
    // Another process may have started it while this one waited.
    const started = await findServer(name, options, certificates)
    return started ?? startServer(name, options, certificates)
  })
}

async function findServer(name: string, { folder, key }: ServerOptions, certificates: CertificateFiles) {
  const state = await readState(folder)
  const server = state?.key === key ? state.servers[name] : undefined
  if (server === undefined || !(await isRunning(server))) return undefined
  const client = createClient(adminConnection(server.port, certificates))
  if (await isReady(client)) return client
  await client.close()
  return undefined
}

/** Whether the API server of a client answers, and is ready. */
export async function isReady(client: KubernetesClient): Promise<boolean> {
  const answer = await client.send('GET', '/readyz').catch(() => undefined)
  return answer?.status === 200
}

async function startServer(name: string, options: ServerOptions, certificates: CertificateFiles) {
  const { folder, tools, report } = options
  const begin = Date.now()
  report(`judge: starting the API server for the ${name}`)
  const state = await ensureEtcd(options, certificates)
  const { port } = await pickPorts(['port'])
  const spec = apiServer({
    command: tools.apiServer,
    name: `judge-${name}`,
    port,
    etcdPort: state.etcd.port,
    certificates,
    admission: {
      disable: name === REHEARSAL ? [...WITHOUT_CONTROLLERS, ...NOT_REHEARSED] : WITHOUT_CONTROLLERS,
    },
  })
  const server: ServerState = { ...(await run({ ...spec, env: { GOMEMLIMIT } }, folder)), port }
  await writeState(folder, { ...state, servers: { ...state.servers, [name]: server } })
  report(`judge: ready for the ${name} after ${((Date.now() - begin) / 1000).toFixed(1)} s`)
  return createClient(adminConnection(port, certificates))
}

/** The etcd of a state with this key; anything else of the judge that still runs is stopped first. */
async function ensureEtcd(
  { folder, tools, key }: ServerOptions,
  certificates: CertificateFiles,
): Promise<JudgeState> {
  const state = await readState(folder)
  if (state?.key === key && (await isRunning(state.etcd))) return state
  await stopServers(folder)
  const { port, peerPort } = await pickPorts(['port', 'peerPort'])
  const spec = etcd({ command: tools.etcd, folder, port, peerPort, certificates })
  // Nothing here must survive a crash of the machine, and no other member wants to be the leader: neither
  // the disk nor the election (a second) is worth waiting for.
  const hasty = ['--unsafe-no-fsync', '--heartbeat-interval=10', '--election-timeout=100']
  const identity = await run({ ...spec, args: [...spec.args, ...hasty] }, folder)
  const fresh = { key, etcd: { ...identity, port, peerPort }, servers: {} }
  await writeState(folder, fresh)
  return fresh
}

async function run(spec: ProcessSpec, folder: string) {
  const { pid, started } = await startReady(spec, { logs: join(folder, 'logs'), marker: folder })
  return { pid, started }
}
