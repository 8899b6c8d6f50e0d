import type { Result } from '@opencore/contract'
import { writeRef, type Repository } from '@opencore/delivery'
import { ensureTools, moduleFolder } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { bundleProgram } from '@opencore/toolchain/testing'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ApplicationRow } from '../applications/application-row.ts'
import { findMarkedProcesses } from '../processes/find-marked-processes.ts'
import type { ProcessIdentity } from '../processes/process-identity.ts'
import { applyBootstrap } from '../platform/apply-bootstrap.ts'
import { layOut } from '../platform/layout.ts'
import { openPlatform } from '../platform/open-platform.ts'
import type { PlatformSpec } from '../platform/platform-spec.ts'
import { PLATFORM_TOOLS } from '../platform/platform-spec.ts'
import { withSigningRepository } from '../platform/platform-repository.ts'
import type { PlatformAddresses } from '../platform/reserve-platform.ts'
import { reservePlatform } from '../platform/reserve-platform.ts'
import { startPlatform } from '../platform/start-platform.ts'
import { stopPlatform } from '../platform/stop-platform.ts'
import type { SupervisorState } from '../platform/supervisor-state.ts'
import { waitForApplications } from '../platform/wait-for-applications.ts'
import type { TinyRelease } from './tiny-manifests.ts'
import { tinyTree } from './tiny-tree.ts'

/** Releases by environment. */
export type Releases = Record<string, Record<string, TinyRelease>>

/** A platform in a scratch folder for a test. */
export interface TinyPlatform {
  folder: string
  /** Lines of progress so far. */
  told: string[]
  start: (environments: readonly string[]) => Promise<Result<SupervisorState>>
  /** Publish these releases, apply the bootstraps, wait; the time is short for those that must fail. */
  sync: (releases: Releases, timeoutMs?: number) => Promise<Result<ApplicationRow[]>>
  processes: () => Promise<ProcessIdentity[]>
  stop: () => Promise<boolean>
  /** Stop and remove the scratch folder. */
  dispose: () => Promise<void>
}

/** Make a tiny platform; nothing runs yet. Tools are built when they are missing: minutes, once. */
export async function makeTinyPlatform(): Promise<TinyPlatform> {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-platform-'))
  const folder = join(scratch, 'platform')
  const told: string[] = []
  const report = (line: string) => {
    told.push(line)
  }
  const base = await makeSpec()
  const program = join(scratch, 'supervise.mjs')
  await bundleProgram(join(import.meta.dirname, 'supervise.ts'), program)
  const supervisor = { command: process.execPath, args: [program, folder] }
  let addresses: PlatformAddresses
  const known = new Set<string>()
  return {
    folder,
    told,
    start: async (environments) => {
      addresses = await reservePlatform(folder, environments)
      const zones = ['zone-a', 'zone-b', 'zone-c']
      const spec = { ...base, environments: environments.map((name) => ({ name, zones, nodesPerZone: 1 })) }
      return startPlatform(folder, spec, supervisor, report)
    },
    sync: async (releases, timeoutMs = 240_000) => {
      const names = Object.entries(releases)
      const trees = names.map(([name, items]) => ({ name, items, ...tinyTree(name, addresses, items) }))
      const sign = addresses.signingKey ?? false
      for (const { items } of trees) for (const item of Object.keys(items)) known.add(item)
      const { hub } = await openPlatform(folder)
      const expected = await withSigningRepository(folder, async (repository: Repository) => {
        const files = trees.flatMap((tree) => tree.hub)
        const hubCommit = await writeRef(repository, { ref: 'hub/tiny', message: 'hub', files, sign })
        const applications = []
        for (const { name, items, releases: folders } of trees) {
          // A branch cannot be without a commit, so there is always this file.
          const everything = [...folders, { path: 'README', text: name }]
          const update = { ref: `env/${name}`, message: name, removed: [...known], files: everything, sign }
          const commit = await writeRef(repository, update)
          applications.push(
            { name: `${name}-bootstrap`, commit: hubCommit },
            ...Object.keys(items).map((item) => ({ name: `${name}-${item}`, commit })),
          )
        }
        return applications
      })
      for (const tree of trees) await applyBootstrap(hub, tree.hub[0]?.text ?? '')
      await hub.close()
      return waitForApplications(folder, expected, report, { timeoutMs })
    },
    processes: () => findMarkedProcesses(layOut(folder).marker),
    stop: () => stopPlatform(folder, report),
    dispose: async () => {
      await stopPlatform(folder, report)
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

async function makeSpec(): Promise<Omit<PlatformSpec, 'environments'>> {
  const say = (line: string) => {
    process.stderr.write(`${line}\n`)
  }
  const tools = (await ensureTools(PLATFORM_TOOLS, say)) as PlatformSpec['tools']
  const { crds } = await loadApiCatalogue(say)
  const httpRoute = crds.filter(({ name }) => name === 'httproutes.gateway.networking.k8s.io')
  return {
    tools,
    modules: {
      argocd: await moduleFolder('github.com/argoproj/argo-cd/v3'),
      kwok: await moduleFolder('sigs.k8s.io/kwok'),
    },
    stages: resolve(import.meta.dirname, '../../stages'),
    crds: httpRoute.map(({ manifest }) => manifest as PlatformSpec['crds'][number]),
    healthChecks: {},
  }
}
