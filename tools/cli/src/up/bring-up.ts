import { reservePlatform, startPlatform, type ApplicationRow, type PlatformSpec } from '@opencore/cluster'
import type { PlannedFile } from '@opencore/contract'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import { planPlatform } from '@opencore/plan'
import { compareFiles } from '../files/compare-files.ts'
import { refuseStale } from '../files/report-changes.ts'
import { refuseInterruptedWrite } from '../files/write-files.ts'
import { planTree } from '../generate/plan-tree.ts'
import { Refusal } from '../output/refusal.ts'
import type { Step } from '../output/run-steps.ts'
import { buildPackages } from '../package/build-packages.ts'
import { indexRepository } from '../package/index-repository.ts'
import { readEpoch } from '../package/read-epoch.ts'
import { listGenerated } from '../workspace/list-generated.ts'
import { isComponent, readCharts } from '@opencore/charts'
import { leaveOut, type LeftOut } from './leave-out.ts'
import { localise } from './localise.ts'
import { chartsFolder, prepareSpec } from './prepare-spec.ts'
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
  let known: ReturnType<typeof leaveOut>
  let files: PlannedFile[]
  const steps: Step[] = [
    {
      title: 'compare argocd/ with the model',
      run: async () => {
        await refuseInterruptedWrite(root)
        const { files: wanted } = await planTree(root, platform)
        const changes = await compareFiles(root, wanted, await listGenerated(root))
        refuseStale(changes, 'opencore generate')
        return 'fresh'
      },
    },
    {
      title: 'build tools',
      run: async (report) => {
        const prepared = await prepareSpec(root, folder, environments, report)
        spec = prepared.spec
        known = leaveOut(environments, prepared.apis)
        return 'ready'
      },
    },
    {
      title: 'localise and package charts',
      run: async () => {
        const charts = (await readCharts(root)).filter(isComponent)
        const names = environments.map(({ definition }) => definition.name)
        const localisation = await localise(root, charts, await reservePlatform(folder, names))
        files = planned(planPlatform({ ...platform, environments: known.environments }, localisation))
        const epoch = await readEpoch(root)
        const { helm } = spec.tools
        await buildPackages(chartsFolder(folder), {
          root,
          charts,
          versions: localisation.chartVersions,
          helm,
          epoch,
        })
        await indexRepository(chartsFolder(folder), helm, epoch)
        return Object.entries(localisation.chartVersions)
          .map(([name, version]) => `${name} ${version}`)
          .join(', ')
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
        const expected = await publish(folder, files, known.environments)
        rows.push(...(await waitUntilHealthy(folder, expected, report)))
        const count = rows.length
        rows.push(...known.leftOut.map(describeLeftOut))
        return `${count} Applications Synced and Healthy`
      },
    },
  ]
  return { steps, rows }
}

function planned(result: ReturnType<typeof planPlatform>): PlannedFile[] {
  if (!result.ok) throw new Refusal(result.findings)
  return result.value
}

const describeLeftOut = ({ application, environment, source }: LeftOut): UpRow => ({
  application,
  environment,
  sync: '-',
  health: '-',
  proof: `skipped: ${source} unreachable`,
})
