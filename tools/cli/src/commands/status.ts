import { Command } from '@commander-js/extra-typings'
import { readStatus } from '@opencore/cluster'
import { formatApplications } from '../up/format-applications.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import { compareApplications } from '../up/compare-applications.ts'
import { platformFolder } from '../workspace/platform-folder.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { environmentOption, outputOption } from './options.ts'

export const statusCommand = new Command('status')
  .description(
    'show every Application of the embedded platform: sync by a dry run of our own, health, and what proves it',
  )
  .addOption(environmentOption())
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      status: 'all Applications',
      'status -e dev -o json': 'those of one environment, for a script',
    }),
  )
  .action(async ({ output, environment }, command) => {
    const { terminal, root } = openSession(command)
    const status = await readStatus(platformFolder(root))
    if (status.phase === 'absent') throw notRunning('no platform runs here')
    if (status.phase === 'crashed')
      throw notRunning(`the platform's supervisor was killed; ${status.processes} of its processes still run`)
    const asked = status.applications.filter((row) => environment?.includes(row.environment) ?? true)
    const rows = await compareApplications(platformFolder(root), asked)
    terminal.data(output === 'json' ? JSON.stringify(rows, null, 2) : formatApplications(rows))
    if (status.phase !== 'running') throw notRunning(`the platform is ${status.phase}`)
  })

const notRunning = (found: string) =>
  new Refusal(
    [
      {
        code: 'PLATFORM_NOT_RUNNING',
        severity: 'error',
        at: { file: '.opencore/platform' },
        found,
        wanted: 'a running platform',
        next: 'run: opencore up',
      },
    ],
    exitCode.findings,
  )
