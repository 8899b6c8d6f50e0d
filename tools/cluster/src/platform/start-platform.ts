import type { Result } from '@opencore/contract'
import { failure, success } from '@opencore/contract/findings'
import { mkdir, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { toFindings } from '../to-findings.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { isRunning } from '../processes/process-identity.ts'
import { startProcess } from '../processes/start-process.ts'
import type { Report } from '../report.ts'
import { checkPorts } from './check-ports.ts'
import type { Layout } from './layout.ts'
import { layOut } from './layout.ts'
import type { EnvironmentSpec, PlatformSpec } from './platform-spec.ts'
import { ensurePorts } from './ports.ts'
import { readSpec } from './read-spec.ts'
import { stopLeftovers, stopSupervisor } from './stop-platform.ts'
import type { SupervisorState } from './supervisor-state.ts'
import { readSupervisorState } from './supervisor-state.ts'

/** The command line of a process that runs `runSupervisor(folder)` and exits with its result. */
export interface SupervisorCommand {
  command: string
  args: readonly string[]
}

/**
 * Start the platform in this folder, or what it lacks: a running one gets the environments it does not have yet,
 * a changed specification (binaries, definitions, kinds) restarts it over the same data, and what a killed supervisor left
 * is stopped first. Returns when every part serves.
 * The caller holds the platform's lock (`withPlatformLock`).
 */
export async function startPlatform(
  folder: string,
  spec: PlatformSpec,
  supervisor: SupervisorCommand,
  report: Report,
): Promise<Result<SupervisorState>> {
  const layout = layOut(folder)
  try {
    const running = await findRunning(layout)
    const kept = await readSpec(layout)
    // What was there before comes back: the hub still knows those environments, and they their kinds.
    const environments = mergeEnvironments(kept?.environments ?? [], spec.environments)
    if (running !== undefined && kept !== undefined && isExtended(kept, { ...spec, environments })) {
      if (environments.length === kept.environments.length) return success(running)
      const names = environments.slice(kept.environments.length).map(({ name }) => name)
      const { environments: ports } = await ensurePorts(layout, names)
      const taken = await checkPorts(layout, pick(ports, names))
      if (taken.length > 0) return failure(taken)
      await writeSpec(layout, { ...spec, environments })
      process.kill(running.supervisor.pid, 'SIGHUP')
      return await follow(layout, {
        environments: environments.map(({ name }) => name),
        isAlive: () => isRunning(running.supervisor),
        told: running.progress.length,
        report,
      })
    }
    if (running !== undefined) report('the platform’s parts changed: restarting it')
    await stopSupervisor(layout)
    const leftovers = await stopLeftovers(layout)
    if (leftovers > 0) report(`stopped ${leftovers} processes that a killed supervisor had left`)
    return await startSupervisor(layout, { ...spec, environments }, supervisor, report)
  } catch (error) {
    return failure(toFindings(error, layout.logs))
  }
}

/** A running supervisor that has given up none of its processes. */
async function findRunning(layout: Layout): Promise<SupervisorState | undefined> {
  const state = await readSupervisorState(layout.state)
  if (state?.phase !== 'running' || !(await isRunning(state.supervisor))) return undefined
  return state.processes.some(({ givenUp }) => givenUp) ? undefined : state
}

async function startSupervisor(
  layout: Layout,
  spec: PlatformSpec,
  { command, args }: SupervisorCommand,
  report: Report,
): Promise<Result<SupervisorState>> {
  const names = spec.environments.map(({ name }) => name)
  const ports = await ensurePorts(layout, names)
  const taken = await checkPorts(layout, { ...ports.shared, ...pick(ports.environments, names) })
  if (taken.length > 0) return failure(taken)
  await rm(layout.state, { force: true })
  await writeSpec(layout, spec)
  const started = await startProcess(
    { name: 'supervisor', command, args, ready: () => Promise.resolve(true) },
    { logs: layout.logs, marker: layout.marker },
  )
  return follow(layout, { environments: names, isAlive: () => isRunning(started), told: 0, report })
}

const POLL_MS = 100

interface FollowOptions {
  environments: readonly string[]
  isAlive: () => Promise<boolean>
  /** So many lines of its progress are known already. */
  told: number
  report: Report
}

/** Show a supervisor's progress until these environments are up, or it failed or died. */
async function follow(layout: Layout, options: FollowOptions): Promise<Result<SupervisorState>> {
  const { environments, isAlive, report } = options
  let { told } = options
  for (;;) {
    const alive = await isAlive()
    const state = await readSupervisorState(layout.state)
    for (const line of state?.progress.slice(told) ?? []) report(line)
    told = state?.progress.length ?? told
    if (state?.phase === 'running' && environments.every((name) => state.environments.includes(name)))
      return success(state)
    if (state?.phase === 'failed') return failure(state.findings)
    if (!alive)
      return failure(toFindings(new Error('the supervisor ended before the platform was up'), layout.logs))
    await sleep(POLL_MS)
  }
}

async function writeSpec(layout: Layout, spec: PlatformSpec): Promise<void> {
  await mkdir(layout.data, { recursive: true, mode: 0o700 })
  await writeFileAtomically(layout.spec, JSON.stringify(spec))
}

/** Whether a specification is another with environments after those that it has. */
function isExtended(kept: PlatformSpec, spec: PlatformSpec): boolean {
  const environments = spec.environments.slice(0, kept.environments.length)
  return isDeepStrictEqual(kept, { ...spec, environments })
}

function mergeEnvironments(known: readonly EnvironmentSpec[], more: readonly EnvironmentSpec[]) {
  const wanted = new Map(more.map((environment) => [environment.name, environment]))
  const names = new Set(known.map(({ name }) => name))
  const kept = known.map((environment) => addKinds(environment, wanted.get(environment.name)))
  return [...kept, ...more.filter(({ name }) => !names.has(name))]
}

function addKinds(known: EnvironmentSpec, { kinds = [] }: Pick<EnvironmentSpec, 'kinds'> = {}) {
  if (known.kinds === undefined) return known
  return { ...known, kinds: [...new Set([...known.kinds, ...kinds])].sort() }
}

function pick<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)))
}
