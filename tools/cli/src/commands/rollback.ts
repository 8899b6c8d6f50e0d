import { Command, Option } from '@commander-js/extra-typings'
import { formatChanges } from '../deliver/format-diff.ts'
import { explainProposals } from '../deliver/propose.ts'
import { rollBack, type RolledBack } from '../deliver/roll-back.ts'
import type { PlatformEnvironment } from '@opencore/model'
import { findNamed } from '../releases/find-named.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { outputOption } from './options.ts'

export const rollbackCommand = new Command('rollback')
  .description('put an environment, or one release of it, back to what it had before, by a new signed commit')
  .argument('<environment>')
  .argument('[release]')
  .addOption(
    new Option('--to <commit>', 'of the environment’s ref; the one before the last change set when left out'),
  )
  .addOption(
    new Option(
      '--pull-request',
      'push the signed commit to promotion/<environment>/<commit>, and say how to ask for its approval',
    ).default(false),
  )
  .addOption(new Option('--dry-run', 'verify and say what would change; write nothing').default(false))
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      'rollback prod-eu-west-1 accounts --dry-run': 'what would change',
      'rollback prod-eu-west-1 accounts': 'one release to what it was',
      'rollback staging --to 3f2a9c1': 'everything to how it was then',
      'rollback prod-eu-west-1 accounts --pull-request': 'as a pull request, for another person to approve',
    }),
  )
  .action(async (name, release, { to, dryRun, pullRequest, output }, command) => {
    const { terminal, root } = openSession(command)
    const platform = await loadPlatform(root)
    const nameOf = ({ definition }: PlatformEnvironment) => definition.name
    const [environment] = findNamed(platform.environments, [name], nameOf, 'environment', '<environment>')
    if (environment === undefined) throw new Error(`findNamed let ${name} pass`)
    const result = await rollBack(
      { root, platform, environment, release, to, dryRun, pullRequest },
      (line) => {
        terminal.note(line)
      },
      (changes, all) => {
        if (output === 'table') terminal.data(formatChanges(changes, process.stdout.isTTY, all))
      },
    )
    terminal.data(output === 'json' ? JSON.stringify(result, null, 2) : describe(result, dryRun))
    const asks = dryRun ? [] : await explainProposals(root, result.proposals ?? [])
    if (asks.length > 0) terminal.note(`next:\n${asks.map((line) => `  ${line}`).join('\n')}`)
  })

function describe({ ref, before, after, target, proposals }: RolledBack, dryRun: boolean): string {
  const then = target.slice(0, 12)
  if (before === after) return `${ref} is as it was at ${then}`
  if (proposals && !dryRun)
    return proposals
      .map(({ branch, base }) => `${branch} is there; ${base} stays as it is until that is approved`)
      .join('\n')
  return dryRun
    ? `${ref} would be as it was at ${then}; nothing was written`
    : `${ref} is at ${after.slice(0, 12)}, as it was at ${then}`
}
