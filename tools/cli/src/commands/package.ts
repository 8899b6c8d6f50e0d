import { join } from 'node:path'
import { Command } from '@commander-js/extra-typings'
import { ensureTools } from '@opencore/toolchain'
import { runSteps } from '../output/run-steps.ts'
import { packageCharts } from '../package/package-charts.ts'
import { readEpoch } from '../package/read-epoch.ts'
import { readCharts } from '../charts/read-charts.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'

export const packageCommand = new Command('package')
  .description('build the chart repository: dist/repository with packages and index.yaml')
  .addHelpText(
    'after',
    examples({
      package: 'package every chart at its own version',
      'package && helm repo index dist/repository --url https://charts.example.com': 'for a server of yours',
    }),
  )
  .action(async (_, command) => {
    const { terminal, root } = openSession(command)
    const destination = join(root, 'dist', 'repository')
    await runSteps(terminal, [
      {
        title: 'package charts',
        run: async (report) => {
          const { helm = '' } = await ensureTools(['helm'], report)
          const charts = await readCharts(root)
          await packageCharts(destination, { root, charts, helm, epoch: await readEpoch(root) })
          return 'dist/repository'
        },
      },
    ])
  })
