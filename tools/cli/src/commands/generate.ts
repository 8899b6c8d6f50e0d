import { Command, Option } from '@commander-js/extra-typings'
import type { ApprovedChange } from '@opencore/plan'
import { compareFiles } from '../files/compare-files.ts'
import { refuseStale, reportChanges } from '../files/report-changes.ts'
import { writeFiles } from '../files/write-files.ts'
import { planTree } from '../generate/plan-tree.ts'
import { checkRendering } from '../generate/check-rendering.ts'
import { printFindings } from '../output/print-findings.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import { listGenerated } from '../workspace/list-generated.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { checkOption } from './options.ts'

export const generateCommand = new Command('generate')
  .description(
    'write argocd/ (values, ApplicationSets, projects, bootstrap) and CODEOWNERS from environments/',
  )
  .addOption(checkOption())
  .addOption(
    new Option(
      '--allow-delete <target...>',
      'approve that environment/release, or a whole environment, goes away; a release is named in each environment that it leaves (repeatable)',
    ).default([]),
  )
  .addOption(
    new Option(
      '--allow-change <target...>',
      'approve that environment/release:value changes, though a person has to carry it out (repeatable)',
    ).default([]),
  )
  .addOption(
    new Option(
      '--procedure <text>',
      'what that person does; what the chart says of the value where it is left out',
    ),
  )
  .addHelpText(
    'after',
    examples({
      generate: 'write what changed',
      'generate --check': 'only say what is stale',
      'generate --allow-delete dev/cards staging/cards':
        'approve deletions, and learn what to run after the merge',
      'generate --allow-change dev/cards:workload.type': 'approve a change that a person carries out by hand',
    }),
  )
  .action(async ({ check, allowDelete, allowChange, procedure }, command) => {
    const { terminal, root } = openSession(command)
    const platform = await loadPlatform(root)
    const changed = allowChange.map((target) => ({ target, procedure }))
    const { files, guard, commands, approved } = await planTree(root, platform, {
      deletions: allowDelete,
      changes: changed,
    })
    if (guard.length > 0) throw new Refusal(guard, exitCode.findings)
    const listExisting = () => listGenerated(root)
    const changes = compareFiles(root, files, await listExisting())
    if (check) {
      refuseStale(changes, 'opencore generate')
      return
    }
    const warnings = await checkRendering(root, platform, changes, (line) => {
      terminal.note(line)
    })
    reportChanges(terminal, await writeFiles(root, files, listExisting))
    if (warnings.length > 0) printFindings(terminal, warnings)
    if (commands.length > 0)
      terminal.note(`\nArgo CD keeps what these run. After the merge:\n  ${commands.join('\n  ')}`)
    if (approved.length > 0)
      terminal.note(`\nBy hand, where it is promoted:\n${approved.map(describeApproved).join('\n')}`)
  })

const describeApproved = ({ release, value, procedure }: ApprovedChange) =>
  `  ${release}: ${value}: ${procedure}`
