import { Command, Option } from '@commander-js/extra-typings'
import { promote, type Promoted } from '../deliver/promote.ts'
import { findNamed } from '../releases/find-named.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { outputOption } from './options.ts'

export const promoteCommand = new Command('promote')
  .description(
    'bring releases of an environment to what this commit of the main branch renders, signed, on env/<environment>',
  )
  .argument('<environment>')
  .argument('[release...]', 'all when none is named; then what the sources do not have any more goes as well')
  .addOption(
    new Option('--allow-skip <reason>', 'promote what the ring before does not run; the commit says why'),
  )
  .addOption(new Option('--dry-run', 'verify and say what would change; write nothing').default(false))
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      'promote dev': 'everything',
      'promote staging accounts --dry-run': 'one release: what would change',
      'promote prod-eu-west-1 accounts --allow-skip "CVE-2026-1234, found in production"':
        'a hotfix that overtakes',
    }),
  )
  .action(async (name, releases, { allowSkip, dryRun, output }, command) => {
    const { terminal, root } = openSession(command)
    const platform = await loadPlatform(root)
    const [environment] = findNamed(
      platform.environments,
      [name],
      ({ definition }) => definition.name,
      'environment',
    )
    if (environment === undefined) throw new Error(`findNamed let ${name} pass`)
    const promoted = await promote(
      {
        root,
        platform,
        environment,
        releases: releases.length === 0 ? undefined : releases,
        allowSkip,
        dryRun,
      },
      (line) => {
        terminal.note(line)
      },
    )
    terminal.data(output === 'json' ? JSON.stringify(promoted, null, 2) : describe(promoted, dryRun))
  })

function describe({ ref, before, after, changed, removed }: Promoted, dryRun: boolean): string {
  if (changed.length + removed.length === 0) return `${ref} is as this commit has it`
  const lines = [...changed.map((name) => `~ ${name}`), ...removed.map((name) => `- ${name}`)]
  const end = dryRun
    ? `${ref} would change; nothing was written`
    : `${ref} is at ${after?.slice(0, 12) ?? ''}`
  const back = before === undefined || dryRun ? [] : [`back: opencore rollback ${ref.replace('env/', '')}`]
  return [...lines, end, ...back].join('\n')
}
