import {
  applyBootstrap,
  awaitApplications,
  describeApplication,
  type ApplicationRow,
} from '@opencore/cluster'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkSource } from '../deliver/check-source.ts'
import { bootstrapFiles } from '../deliver/hub-files.ts'
import { refuseStaleTree } from '../generate/refuse-stale-tree.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Step } from '../output/run-steps.ts'
import { lacksOf } from '../preflight/lacks.ts'
import { readLessons } from '../preflight/plan-hub.ts'
import type { PreflightRequest } from '../preflight/preflight-request.ts'
import { preflight } from '../preflight/preflight.ts'
import { listExpected } from './list-expected.ts'
import { refuseOwnPlatform } from './refuse-own-platform.ts'
import { applyFile, withHub } from './with-hub.ts'

/** Who owns what is applied; what others own is left to them. */
const options = { fieldManager: 'opencore', force: false }

/** Images are pulled and volumes made the first time. */
const timeoutMs = 900_000

/** Real nodes: nothing is simulated. */
const nothingPlayed: ReadonlySet<string> = new Set()

/**
 * The steps by which a hub that is there learns of its environments. Each can be repeated: what is applied is applied
 * again, and what was killed is finished by the next run.
 */
export function planHubUp(request: PreflightRequest & { folder: string }): {
  steps: Step[]
  rows: ApplicationRow[]
} {
  const { root, folder, platform, environments, context } = request
  const rows: ApplicationRow[] = []
  const steps: Step[] = [
    {
      title: 'compare argocd/ with the model',
      run: async () => {
        await refuseOwnPlatform(folder, context)
        await refuseStaleTree(root, platform)
        return 'fresh'
      },
    },
    {
      title: 'look at the hub and its clusters',
      run: async (report) => {
        const seen = await preflight(request, report)
        const lacks = lacksOf(seen.filter(({ byUp }) => byUp !== true))
        if (lacks.length > 0) throw new Refusal(lacks, exitCode.findings)
        return `${seen.filter(({ state }) => state === 'ok').length} of ${seen.length} as wanted, none that is not`
      },
    },
    {
      title: 'see that it was merged',
      run: async () => (await checkSource(root)).slice(0, 12),
    },
    {
      title: 'teach the hub',
      run: () =>
        withHub(context, async (hub) => {
          const lessons = await readLessons(root)
          for (const { file, configMap } of lessons)
            await applyFile(file, () => hub.apply(configMap, options))
          return lessons.map(({ what }) => what).join(', ')
        }),
    },
    {
      title: 'apply the bootstraps',
      run: () =>
        withHub(context, async (hub) => {
          for (const file of environments.flatMap(({ definition }) => bootstrapFiles(definition.name))) {
            const text = await readFile(join(root, file), 'utf8')
            await applyFile(file, () => applyBootstrap(hub, text, options))
          }
          return environments.map(({ definition }) => definition.name).join(', ')
        }),
    },
    {
      title: 'wait for Argo CD',
      run: (report) =>
        withHub(context, async (hub) => {
          const { git, namespace } = platform.defaults.delivery
          const expected = await listExpected(git, environments)
          const applications = await awaitApplications(hub, expected, report, { namespace, timeoutMs })
          if (!applications.ok) throw new Refusal(applications.findings, exitCode.findings)
          rows.push(
            ...applications.value.map((application) => describeApplication(application, nothingPlayed)),
          )
          return `${rows.length} Applications Synced and Healthy`
        }),
    },
  ]
  return { steps, rows }
}
