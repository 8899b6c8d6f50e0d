import { Command } from '@commander-js/extra-typings'
import { planPlatform } from '@opencore/plan'
import { compareFiles } from '../files/compare-files.ts'
import { refuseStale, reportChanges } from '../files/report-changes.ts'
import { writeFiles } from '../files/write-files.ts'
import { Refusal } from '../output/refusal.ts'
import { listGenerated } from '../workspace/list-generated.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { checkOption } from './options.ts'

export const generateCommand = new Command('generate')
  .description('write argocd/ (values, ApplicationSets, projects, bootstrap) from environments/')
  .addOption(checkOption())
  .addHelpText(
    'after',
    examples({
      generate: 'write what changed',
      'generate --check': 'only say what is stale',
    }),
  )
  .action(async ({ check }, command) => {
    const { terminal, root } = openSession(command)
    const planned = planPlatform(await loadPlatform(root))
    if (!planned.ok) throw new Refusal(planned.findings)
    const listExisting = () => listGenerated(root)
    if (check) refuseStale(await compareFiles(root, planned.value, await listExisting()), 'opencore generate')
    else reportChanges(terminal, await writeFiles(root, planned.value, listExisting))
  })
