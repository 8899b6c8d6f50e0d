import { Command, Option, InvalidArgumentError } from '@commander-js/extra-typings'
import { readHistory, type HistoryEntry } from '@opencore/delivery'
import { environmentRef } from '@opencore/plan'
import { openRefs } from '../deliver/open-refs.ts'
import { formatTable } from '../output/format-table.ts'
import { sayPlainly } from '../output/say-plainly.ts'
import { findNamed } from '../releases/find-named.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { outputOption } from './options.ts'

export const historyCommand = new Command('history')
  .description('who changed an environment, when, from which commit, and who signed it')
  .argument('<environment>')
  .argument('[release]')
  .addOption(new Option('--limit <count>', 'so many change sets').default(20).argParser(readCount))
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      'history prod-eu-west-1': 'the last change sets',
      'history prod-eu-west-1 accounts -o json': 'those of one release, for a script',
    }),
  )
  .action(async (name, release, { limit, output }, command) => {
    const { terminal, root } = openSession(command)
    const { environments } = await loadPlatform(root)
    findNamed(environments, [name], ({ definition }) => definition.name, 'environment', '<environment>')
    const refs = await openRefs(root, (line) => {
      terminal.note(line)
    })
    const head = await refs.look(environmentRef(name))
    const which = { limit, ...(release !== undefined && { release }) }
    const entries = head === undefined ? [] : await readHistory(refs.repository, head, which)
    terminal.data(output === 'json' ? JSON.stringify(entries, null, 2) : format(entries))
  })

function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('wanted: a number from 1 on')
  return Number(text)
}

const format = (entries: readonly HistoryEntry[]) =>
  formatTable(
    ['commit', 'when', 'who', 'signature', 'source', 'what'],
    entries.map((entry) => [
      entry.commit.slice(0, 12),
      entry.date,
      sayPlainly(entry.author),
      `${entry.signature} ${entry.key ?? ''}`.trim(),
      shorten(entry.sources),
      sayPlainly(describe(entry)),
    ]),
  )

/** Releases that another environment runs may come from several commits. */
const shorten = ([first = '', ...more]: readonly string[]) =>
  `${first.slice(0, 12)}${more.length > 0 ? ` and ${more.length} more` : ''}`

function describe({ subject, from, skippedRing, isByHand }: HistoryEntry): string {
  const notes = [
    ...(isByHand ? ['by hand'] : []),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(skippedRing === undefined ? [] : [`skipped a ring: ${skippedRing}`]),
  ]
  return notes.length === 0 ? subject : `${subject} (${notes.join('; ')})`
}
