import { reservePlatform, startPlatform, type ApplicationRow, type PlatformSpec } from '@opencore/cluster'
import type { ApiCatalogue, PlannedFile } from '@opencore/contract'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import type { RenderedRelease } from '@opencore/delivery'
import { planPlatform } from '@opencore/plan'
import { readReleases } from '@opencore/renderer'
import { describeSource } from '../deliver/describe-source.ts'
import { renderDelivery } from '../deliver/render-delivery.ts'
import { refuseStaleTree } from '../generate/refuse-stale-tree.ts'
import { Refusal } from '../output/refusal.ts'
import type { Report, Step } from '../output/run-steps.ts'
import { leaveOut, type LeftOut } from './leave-out.ts'
import { listKinds } from './list-kinds.ts'
import { localise } from './localise.ts'
import { prepareSpec } from './prepare-spec.ts'
import { publish } from './publish.ts'
import { waitUntilHealthy } from './wait.ts'

/** A row of the table that `up` ends with: an Application, or a release that was left out, and why. */
export type UpRow = Omit<ApplicationRow, 'proof'> & { proof: ApplicationRow['proof'] | `skipped: ${string}` }

export interface UpRequest {
  /** Absolute path of the checkout. */
  root: string
  /** Folder of the embedded platform. */
  folder: string
  platform: Platform
  /** Those to start and publish. */
  environments: readonly PlatformEnvironment[]
}

/**
 * The steps from a checkout to a synced platform. Each one can be repeated: on a running platform they localise,
 * commit and wait again. `rows` holds the Applications after the last step.
 */
export function planUp({ root, folder, platform, environments }: UpRequest): {
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
        return 'ready'
      },
    },
    {
      title: 'render releases',
      run: async (report) => {
        const names = environments.map(({ definition }) => definition.name)
        const addresses = await reservePlatform(folder, names)
        signingKey = addresses.signingKey
        const all = await renderEnvironments(root, environments, report)
        known = leaveOut(environments, apis, all)
        spec.environments = spec.environments.map((each) => ({
          ...each,
          kinds: listKinds(all.get(each.name) ?? []),
        }))
        files = planPlatform({ ...platform, environments: known.environments }, localise(addresses))
        rendered = keepKnown(all, known.environments)
        const count = [...rendered.values()].reduce((sum, releases) => sum + releases.length, 0)
        return `${count} releases${signingKey === undefined ? '; unsigned: gpg is not installed' : ''}`
      },
    },
    {
      title: 'start the platform',
      run: async (report) => {
        const supervisor = { command: process.execPath, args: [process.argv[1] ?? '', 'supervise', folder] }
        const started = await startPlatform(folder, spec, supervisor, report)
        if (!started.ok) throw new Refusal(started.findings)
        return `${environments.length} environments`
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
        rows.push(...known.leftOut.map(describeLeftOut))
        return `${count} Applications Synced and Healthy`
      },
    },
  ]
  return { steps, rows }
}

/** What the releases of these environments render, by environment; they are on disk as they are in the model. */
async function renderEnvironments(
  root: string,
  environments: readonly PlatformEnvironment[],
  report: Report,
) {
  const disk = readReleases(root)
  if (!disk.ok) throw new Refusal(disk.findings)
  const source = await describeSource(root)
  const rendered = new Map<string, readonly RenderedRelease[]>()
  for (const { definition, releases } of environments) {
    const names = new Set(releases.map(({ name }) => name))
    const own = disk.value.filter(
      ({ environment, release }) => environment === definition.name && names.has(release),
    )
    rendered.set(definition.name, await renderDelivery(root, own, source, report))
  }
  return rendered
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

const describeLeftOut = ({ application, environment, source }: LeftOut): UpRow => ({
  application,
  environment,
  sync: '-',
  health: '-',
  proof: `skipped: ${source} unreachable`,
})
