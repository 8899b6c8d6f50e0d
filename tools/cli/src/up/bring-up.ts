import { reservePlatform, startPlatform, type PlatformAddresses, type PlatformSpec } from '@opencore/cluster'
import type { ApiCatalogue, PlannedFile } from '@opencore/contract'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import type { RenderedRelease } from '@opencore/delivery'
import { planPlatform } from '@opencore/plan'
import { refuseStaleTree } from '../generate/refuse-stale-tree.ts'
import { countNouns } from '../output/count-nouns.ts'
import { Refusal } from '../output/refusal.ts'
import type { Report, Step } from '../output/run-steps.ts'
import { describeLeftOut } from './describe-left-out.ts'
import { leaveOut } from './leave-out.ts'
import { writeLeftOut } from './left-out-file.ts'
import { listKinds } from './list-kinds.ts'
import { localise } from './localise.ts'
import { prepareSpec } from './prepare-spec.ts'
import { publish } from './publish.ts'
import type { Nodes } from './real/choose-nodes.ts'
import { chooseReleases } from './real/choose-releases.ts'
import type { Ground } from './real/lay-ground.ts'
import { renderEnvironments } from './render-environments.ts'
import type { UpRow } from './up-row.ts'
import { waitUntilHealthy } from './wait.ts'

export interface UpRequest {
  /** Absolute path of the checkout. */
  root: string
  /** Folder of the embedded platform. */
  folder: string
  platform: Platform
  /** Those to start and publish. */
  environments: readonly PlatformEnvironment[]
  nodes: Nodes
}

/**
 * The steps from a checkout to a synced platform. Each one can be repeated: on a running platform they localise,
 * commit and wait again. `rows` holds the Applications after the last step.
 */
export function planUp({ root, folder, platform, environments, nodes }: UpRequest): {
  steps: Step[]
  rows: UpRow[]
} {
  const rows: UpRow[] = []
  let spec: PlatformSpec
  let apis: Pick<ApiCatalogue, 'skipped'>
  let known: ReturnType<typeof leaveOut>
  let files: PlannedFile[]
  let rendered: ReadonlyMap<string, readonly RenderedRelease[]>
  let signingKey: string | undefined
  let ground: Ground | undefined
  const steps: Step[] = [
    {
      title: 'compare argocd/ with the model',
      run: async () => {
        await refuseStaleTree(root, platform)
        return 'fresh'
      },
    },
    {
      title: 'build tools',
      run: async (report) => {
        const prepared = await prepareSpec(root, environments, report)
        spec = prepared.spec
        apis = prepared.apis
        if (nodes === 'real') ground = await (await import('./real/lay-ground.ts')).layGround(report)
        return 'ready'
      },
    },
    {
      title: 'render releases',
      run: async (report) => {
        const names = environments.map(({ definition }) => definition.name)
        const addresses = await reservePlatform(folder, names)
        signingKey = addresses.signingKey
        const at = ground && (await placeReal({ root, folder }, environments, addresses))
        const local = at ? [at.environment] : environments
        const all = await renderEnvironments(root, local, report, at !== undefined)
        known = leaveOut(local, apis, all)
        if (ground) known = leavePlayed(known, all, ground)
        rendered = keepKnown(all, known.environments)
        spec.environments = spec.environments.map((each) => ({
          ...each,
          kinds: listKinds((ground ? rendered : all).get(each.name) ?? []),
        }))
        files = planPlatform({ ...platform, environments: known.environments }, localise(addresses))
        if (ground && at)
          spec.environments = await specifyNodes(spec, { ground, host: at.host, rendered }, report)
        const count = [...rendered.values()].reduce((sum, releases) => sum + releases.length, 0)
        return `${countNouns(count, 'release')}${signingKey === undefined ? '; unsigned: gpg is not installed' : ''}`
      },
    },
    {
      title: 'start the platform',
      run: async (report) => {
        const supervisor = { command: process.execPath, args: [process.argv[1] ?? '', 'supervise', folder] }
        const started = await startPlatform(folder, spec, supervisor, report)
        if (!started.ok) throw new Refusal(started.findings)
        return countNouns(environments.length, 'environment')
      },
    },
    {
      title: 'publish and sync',
      run: async (report) => {
        const expected = await publish({
          folder,
          environments: known.environments,
          files,
          rendered,
          signingKey,
        })
        rows.push(...(await waitUntilHealthy(folder, expected, report)))
        const count = rows.length
        const names = environments.map(({ definition }) => definition.name)
        await writeLeftOut(folder, names, known.leftOut)
        rows.push(...known.leftOut.map(describeLeftOut))
        return `${count} Applications Synced and Healthy`
      },
    },
  ]
  return { steps, rows }
}

/** The one environment that has real nodes, where they will be. */
async function placeReal(
  places: Pick<UpRequest, 'root' | 'folder'>,
  [environment]: readonly PlatformEnvironment[],
  addresses: PlatformAddresses,
) {
  if (environment === undefined) throw new Error('no environment was asked for')
  return (await import('./real/lay-ground.ts')).localiseEnvironment(places, environment, addresses)
}

type Rendered = ReadonlyMap<string, readonly RenderedRelease[]>

function leavePlayed(
  { environments, leftOut }: ReturnType<typeof leaveOut>,
  rendered: Rendered,
  { operated }: Ground,
) {
  const chosen = environments.map((environment) =>
    chooseReleases(environment, rendered.get(environment.definition.name) ?? [], operated),
  )
  return {
    environments: chosen.map(({ environment }) => environment),
    leftOut: [...leftOut, ...chosen.flatMap((each) => each.leftOut)],
  }
}

async function specifyNodes(
  { environments }: PlatformSpec,
  { rendered, ...given }: { ground: Ground; host: string; rendered: Rendered },
  report: Report,
) {
  const { specifyReal } = await import('./real/lay-ground.ts')
  return Promise.all(
    environments.map((each) =>
      specifyReal(each, { ...given, rendered: rendered.get(each.name) ?? [] }, report),
    ),
  )
}

function keepKnown(
  rendered: ReadonlyMap<string, readonly RenderedRelease[]>,
  environments: readonly PlatformEnvironment[],
): ReadonlyMap<string, readonly RenderedRelease[]> {
  return new Map(
    environments.map(({ definition, releases }) => {
      const names = new Set(releases.map(({ name }) => name))
      const all = rendered.get(definition.name) ?? []
      return [definition.name, all.filter(({ release }) => names.has(release))]
    }),
  )
}
