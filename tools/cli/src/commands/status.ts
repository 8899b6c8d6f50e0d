import { Command } from '@commander-js/extra-typings'
import { formatApplications } from '../up/format-applications.ts'
import { describeLeftOut } from '../up/describe-left-out.ts'
import { readLeftOut } from '../up/left-out-file.ts'
import { compareApplications } from '../up/compare-applications.ts'
import { notRunning, requirePlatform } from '../up/require-platform.ts'
import { findNamed } from '../releases/find-named.ts'
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
  .addHelpText(
    'after',
    `
sync     Synced, OutOfSync, Unknown as Argo CD says; Frozen where the API server refuses what git says; paused by a person
health   as Argo CD says; Missing where nobody has promoted the release yet
proof    real, or simulated where it rests on pods, which no kubelet runs here; on real nodes, what is not real of it;
         skipped with its reason where it was left out
message  what is refused, waited for or other than in git, and what to run next

Of a hub of yours, \`argocd app list\` says it.`,
  )
  .action(async ({ output, environment }, command) => {
    const { terminal, root } = openSession(command)
    const folder = platformFolder(root)
    const status = await requirePlatform(folder)
    const { environments } = status.supervisor
    // While it starts it says of none yet.
    if (environments.length > 0) findNamed(environments, environment, String, 'environment', '--environment')
    const asked = status.applications.filter((row) => environment?.includes(row.environment) ?? true)
    const leftOut = (await readLeftOut(folder)).filter(
      (row) => environment?.includes(row.environment) ?? true,
    )
    const rows = [...(await compareApplications(folder, asked)), ...leftOut.map(describeLeftOut)]
    // A script reads a list of nothing, a person an empty table.
    if (output === 'json') terminal.data(JSON.stringify(rows, null, 2))
    else if (rows.length > 0 || status.phase === 'running') terminal.data(formatApplications(rows))
    if (status.phase !== 'running') throw notRunning(`the platform is ${status.phase}`)
  })
