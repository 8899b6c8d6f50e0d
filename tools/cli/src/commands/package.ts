import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from '@commander-js/extra-typings'
import { ensureTools } from '@opencore/toolchain'
import { compareFiles } from '../files/compare-files.ts'
import { refuseStale } from '../files/report-changes.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import { runSteps } from '../output/run-steps.ts'
import { packageCharts } from '../package/package-charts.ts'
import { planLock } from '../package/plan-lock.ts'
import { readEpoch } from '../package/read-epoch.ts'
import { readCharts } from '@opencore/charts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { checkOption } from './options.ts'

export const packageCommand = new Command('package')
  .description(
    'build the chart repository in dist/repository, and charts.lock, which says what each package holds',
  )
  .addOption(checkOption())
  .addHelpText(
    'after',
    examples({
      package: 'package every chart at its own version',
      'package --check': 'only say whether charts.lock is stale',
      'package && helm repo index dist/repository --url https://charts.example.com': 'for a server of yours',
    }),
  )
  .action(async ({ check }, command) => {
    const { terminal, root } = openSession(command)
    const scratch = check ? await mkdtemp(join(tmpdir(), 'opencore-repository-')) : undefined
    const destination = join(scratch ?? join(root, 'dist'), 'repository')
    try {
      await runSteps(terminal, [
        {
          title: 'package charts',
          run: async (report) => {
            const { helm = '' } = await ensureTools(['helm'], report)
            const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
            await packageCharts(destination, { root, charts, helm, epoch: await readEpoch(root) })
            const lock = await planLock(charts, destination)
            if (check) refuseStale(compareFiles(root, [lock], [lock.path]), 'opencore package')
            else await writeAtomically(join(root, lock.path), lock.text)
            return check ? 'charts.lock is fresh' : 'dist/repository'
          },
        },
      ])
    } finally {
      if (scratch !== undefined) await rm(scratch, { recursive: true, force: true })
    }
  })
