import { Command, Option, InvalidArgumentError } from '@commander-js/extra-typings'
import { formatPosition, type Finding } from '@opencore/contract/findings'
import { readHistory, type HistoryEntry } from '@opencore/delivery'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { checkRelease } from '../deliver/check-release.ts'
import { findMissing, releaseMissing } from '../deliver/find-missing.ts'
import { openReadRefs } from '../deliver/open-read-refs.ts'
import type { Refs } from '../deliver/open-refs.ts'
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
    const platform = await loadPlatform(root)
    const nameOf = ({ definition }: PlatformEnvironment) => definition.name
    const [environment] = findNamed(platform.environments, [name], nameOf, 'environment', '<environment>')
    if (environment === undefined) throw new Error(`findNamed let ${name} pass`)
    const { refs } = await openReadRefs(root, [name], (line) => {
      terminal.note(line)
    })
    const head = await refs.look(environmentRef(name))
    if (release !== undefined) await checkRelease(refs, environment, head, release)
    const keys = environment.tier.delivery.signingKeys ?? []
    const which = { limit, keys, ...(release !== undefined && { release }) }
    const entries = head === undefined ? [] : await readHistory(refs.repository, head, which)
    const why = entries.length > 0 ? [] : await explainNothing(refs, platform, environment, release)
    if (output === 'json') terminal.data(JSON.stringify(entries, null, 2))
    else if (entries.length > 0) terminal.data(format(name, entries))
    for (const { at, found, next } of why) terminal.note(`${formatPosition(at)}: ${found}; next: ${next}`)
  })

/** Why there is no change set, and which promotion brings the first. */
async function explainNothing(
  refs: Refs,
  platform: Platform,
  environment: PlatformEnvironment,
  release: string | undefined,
): Promise<Finding[]> {
  const missing = await findMissing(refs, platform, [environment], 'a change set')
  if (missing.length > 0 || release === undefined) return missing
  return [releaseMissing(environment, release)]
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('wanted: a number from 1 on')
  return Number(text)
}

const format = (environment: string, entries: readonly HistoryEntry[]) =>
  formatTable(
    ['commit', 'when', 'who', 'signature', 'source', 'what'],
    entries.map((entry) => [
      entry.commit.slice(0, 12),
      entry.date,
      sayPlainly(entry.author),
      `${entry.signature} ${entry.key ?? ''}`.trim(),
      shorten(entry.sources),
      sayPlainly(describe(environment, entry)),
    ]),
  )

/** Releases that another environment runs may come from several commits. */
const shorten = ([first = '', ...more]: readonly string[]) =>
  `${first.slice(0, 12)}${more.length > 0 ? ` and ${more.length} more` : ''}`

function describe(environment: string, { subject, from, skippedRing, isByHand, ref }: HistoryEntry): string {
  const notes = [
    ...(ref === undefined || ref === environmentRef(environment)
      ? []
      : [`made for ${ref}, and not for this one`]),
    ...(isByHand ? ['by hand'] : []),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(skippedRing === undefined ? [] : [`skipped a ring: ${skippedRing}`]),
  ]
  return notes.length === 0 ? subject : `${subject} (${notes.join('; ')})`
}
