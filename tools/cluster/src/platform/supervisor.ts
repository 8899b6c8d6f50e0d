import { mkdir, readFile } from 'node:fs/promises'
import { ensureCertificates } from '../control-plane/ensure-certificates.ts'
import { etcd } from '../control-plane/etcd.ts'
import { toFindings } from '../to-findings.ts'
import { findMarkedProcesses } from '../processes/find-marked-processes.ts'
import { identifyProcess } from '../processes/process-identity.ts'
import { untilOwnerEnds } from '../processes/end-with.ts'
import type { Journal } from './journal.ts'
import { openJournal } from './journal.ts'
import type { Layout } from './layout.ts'
import { layOut } from './layout.ts'
import type { PlatformContext } from './platform-context.ts'
import type { EnvironmentSpec, PlatformSpec } from './platform-spec.ts'
import type { OpenNodes, RealNodes } from './real-nodes.ts'
import { ensurePorts } from './ports.ts'
import type { ProcessSet } from './process-set.ts'
import { createProcessSet } from './process-set.ts'
import { startEnvironment } from './start-environment.ts'
import { stopProcesses } from '../processes/stop-processes.ts'
import type { StartedHub } from './start-hub.ts'
import { startHub } from './start-hub.ts'

/**
 * The supervisor: owns every process of the platform in this folder until it is told to stop (SIGTERM, SIGINT), or a test
 * that it was started for has ended (`untilOwnerEnds`).
 * Its own detached process runs this and exits with the code that it resolves to.
 * SIGHUP makes it read the specification again and start the environments that are new.
 * @param openNodes who makes real nodes, for environments that ask for them
 */
export async function runSupervisor(folder: string, openNodes?: OpenNodes): Promise<number> {
  const layout = layOut(folder)
  const self = await identifyProcess(process.pid)
  const journal = openJournal(layout.state, self ?? { pid: process.pid, started: '' })
  const processes = createProcessSet({ logs: layout.logs, marker: layout.marker }, (states) => {
    journal.update({ processes: states })
  })
  const platform = createPlatform(layout, { processes, journal, openNodes })
  const failure = await new Promise<unknown>((resolve) => {
    const stop = () => {
      resolve(undefined)
    }
    const start = () => {
      platform.startMissing().catch(resolve)
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
    process.on('SIGHUP', start)
    void untilOwnerEnds().then(stop)
    start()
  })
  journal.update({ phase: 'stopping' })
  await processes.stopAll()
  // What they started themselves, such as an agent of GnuPG.
  await stopProcesses(await findMarkedProcesses(layout.marker))
  if (failure !== undefined) journal.update({ phase: 'failed', findings: toFindings(failure, layout.logs) })
  await journal.flush()
  return failure === undefined ? 0 : 1
}

interface Platform {
  /** Start what the specification asks for and does not run yet. One call after another. */
  startMissing: () => Promise<void>
}

interface PlatformParts {
  processes: ProcessSet
  journal: Journal
  openNodes: OpenNodes | undefined
}

function createPlatform(layout: Layout, { processes, journal, openNodes }: PlatformParts): Platform {
  const environments = new Set<string>()
  let shared: Promise<Shared> | undefined
  let last: Promise<void> = Promise.resolve()

  const startMissing = async () => {
    const spec = JSON.parse(await readFile(layout.spec, 'utf8')) as PlatformSpec
    const missing = spec.environments.filter(({ name }) => !environments.has(name))
    const ports = await ensurePorts(
      layout,
      spec.environments.map(({ name }) => name),
    )
    const opened = await Promise.all(missing.map((environment) => openReal(environment, openNodes)))
    const certificates = await ensureCertificates(layout.certificates, opened.find(Boolean))
    const context: PlatformContext = { layout, spec, ports, certificates, processes, journal }
    shared ??= startShared(context)
    const { hub } = await shared
    journal.update({ phase: 'starting' })
    await Promise.all([
      ...missing.map((environment, index) =>
        startEnvironment(context, environment, { hub, real: opened[index] }),
      ),
      hub.then(({ argocdReady }) => argocdReady),
    ])
    for (const { name } of missing) environments.add(name)
    journal.update({ phase: 'running', environments: [...environments] })
  }
  return {
    startMissing: () => {
      last = last.then(startMissing)
      return last
    },
  }
}

/** The nodes of an environment that has real ones, where its specification says that they are. */
async function openReal(
  { real, ...environment }: EnvironmentSpec,
  openNodes: OpenNodes | undefined,
): Promise<RealNodes | undefined> {
  if (real === undefined) return undefined
  if (openNodes === undefined) throw new Error(`nobody here makes real nodes for ${environment.name}`)
  const nodes = await openNodes({ ...environment, real })
  if (nodes.host !== real.host)
    throw new Error(`the nodes of ${environment.name} are at ${nodes.host}, and expected at ${real.host}`)
  return nodes
}

interface Shared {
  /** On its way while environments start: on two cores everything that can overlap does. */
  hub: Promise<StartedHub>
}

async function startShared(context: PlatformContext): Promise<Shared> {
  const { layout, spec, ports, certificates, processes, journal } = context
  await mkdir(layout.kubeconfigs, { recursive: true, mode: 0o700 })
  await processes.start(
    'store',
    etcd({
      command: spec.tools.etcd,
      folder: layout.data,
      port: ports.shared.etcd,
      peerPort: ports.shared.etcdPeer,
      certificates,
    }),
  )
  journal.tell('etcd is ready')
  return { hub: startHub(context) }
}
