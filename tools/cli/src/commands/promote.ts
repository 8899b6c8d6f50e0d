import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { formatChanges } from '../deliver/format-diff.ts'
import { promote, type Promoted } from '../deliver/promote.ts'
import { explainProposals } from '../deliver/propose.ts'
import { tellEmbedded } from '../deliver/tell-embedded.ts'
import { sayPlainly } from '../output/say-plainly.ts'
import { findNamed } from '../releases/find-named.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { platformFolder } from '../workspace/platform-folder.ts'
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
    new Option(
      '--from <environment>',
      'as that environment runs them, and not as this checkout has them; itself: to sign it again',
    ),
  )
  .addOption(
    new Option(
      '--allow-skip <reason>',
      'promote what the ring before, or the region that waits, does not have; the commit says why',
    ).argParser(readReason),
  )
  .addOption(
    new Option(
      '--pull-request',
      'push the signed commit to promotion/<environment>/<commit> (of a hub’s ref promotion/hub/<hub>/<environment>/<commit>), and say how to ask for its approval',
    ).default(false),
  )
  .addOption(new Option('--dry-run', 'verify and say what would change; write nothing').default(false))
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      'promote dev': 'everything',
      'promote staging accounts --dry-run': 'one release: what would change',
      'promote prod-eu-central-1 --from staging': 'what staging runs, rendered for this one',
      'promote prod-eu-west-1 accounts --pull-request': 'as a pull request, for another person to approve',
      'promote prod-eu-west-1 accounts --allow-skip "CVE-2026-1234, found in production"':
        'a hotfix that overtakes',
    }),
  )
  .action(async (name, releases, { from, allowSkip, dryRun, pullRequest, output }, command) => {
    const { terminal, root } = openSession(command)
    const platform = await loadPlatform(root)
    const [environment] = findNamed(
      platform.environments,
      [name],
      ({ definition }) => definition.name,
      'environment',
      '<environment>',
    )
    if (environment === undefined) throw new Error(`findNamed let ${name} pass`)
    const known = platform.environments.map(({ definition }) => definition.name)
    findNamed(known, from === undefined ? [] : [from], (one) => one, 'environment', '--from')
    const promoted = await promote(
      {
        root,
        platform,
        environment,
        releases: releases.length === 0 ? undefined : releases,
        from,
        allowSkip,
        dryRun,
        pullRequest,
      },
      (line) => {
        terminal.note(line)
      },
      (changes) => {
        if (output === 'table') terminal.data(formatChanges(changes, process.stdout.isTTY))
      },
    )
    terminal.data(output === 'json' ? JSON.stringify(promoted, null, 2) : describe(promoted, dryRun))
    const embedded = dryRun ? undefined : await tellEmbedded(platformFolder(root))
    if (embedded !== undefined) terminal.note(embedded)
    const asks = dryRun ? [] : await explainProposals(root, promoted.proposals ?? [])
    if (asks.length > 0) terminal.note(`next:\n${asks.map((line) => `  ${line}`).join('\n')}`)
  })

function describe({ changed, added, removed, moves, proposals, back }: Promoted, dryRun: boolean): string {
  const lines = [
    ...changed.map((name) => `${added.includes(name) ? '+' : '~'} ${name}`),
    ...removed.map((name) => `- ${sayPlainly(name)}`),
  ]
  if (proposals && !dryRun)
    return [
      ...lines,
      ...moves
        .filter(({ before, after }) => before === after)
        .map(({ ref: same }) => `${same} is as this commit has it`),
      ...proposals.map(
        ({ branch, base }) => `${branch} is there; ${base} stays as it is until that is approved`,
      ),
    ].join('\n')
  const ends = moves.map(({ ref: moved, before, after }) => {
    if (before === after) return `${moved} is as this commit has it`
    return dryRun ? `${moved} would change; nothing was written` : `${moved} is at ${after.slice(0, 12)}`
  })
  return [...lines, ...ends, ...(back === undefined ? [] : [`back: ${back}`])].join('\n')
}

/** A line of a commit's message: with a line break, it could pretend to be others. */
function readReason(text: string): string {
  const reason = text.trim()
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  if (reason === '' || /[\u0000-\u001f\u007f]/.test(reason))
    throw new InvalidArgumentError('wanted: the reason, in one line')
  return reason
}
