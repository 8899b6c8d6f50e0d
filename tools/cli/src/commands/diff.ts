import { Command, Option } from '@commander-js/extra-typings'
import type { Finding } from '@opencore/contract'
import type { ChangeGroup } from '@opencore/delivery'
import { environmentRef } from '@opencore/plan'
import { compareSides } from '../deliver/compare-sides.ts'
import { compareRunning } from '../deliver/compare-running.ts'
import { formatDiff, formatMarkdown, type Headings } from '../deliver/format-diff.ts'
import { openRefs } from '../deliver/open-refs.ts'
import { readSide, renderSide } from '../deliver/read-side.ts'
import { Refusal } from '../output/refusal.ts'
import { findNamed } from '../releases/find-named.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { outputOption } from './options.ts'

export const diffCommand = new Command('diff')
  .description(
    'what would change in an environment, or what two run otherwise: by what differs, the riskiest first',
  )
  .argument('<environment>')
  .argument('[release...]', 'all when none is named; another environment first compares what both run')
  .addOption(new Option('--from <commit>', 'instead of what is on its ref: another commit of it'))
  .addOption(new Option('--to <commit>', 'instead of what this checkout renders: a commit of its ref'))
  .addOption(new Option('--detailed-exitcode', 'exit with 2 where something differs').default(false))
  .addOption(outputOption(['text', 'json', 'markdown']))
  .addHelpText(
    'after',
    examples({
      'diff staging': 'this checkout against what runs',
      'diff prod-eu-west-1 accounts -o markdown': 'one release, for a pull request',
      'diff staging prod-eu-west-1': 'what one runs otherwise than the other',
      'diff dev --from 3f2a9c1': 'against an earlier change set; opencore history lists them',
    }),
  )
  .action(async (name, names, { from, to, detailedExitcode, output }, command) => {
    const { terminal, root } = openSession(command)
    const { environments } = await loadPlatform(root)
    const [environment] = findNamed(environments, [name], ({ definition }) => definition.name, 'environment')
    if (environment === undefined) throw new Error(`findNamed let ${name} pass`)
    const refs = await openRefs(root)
    const [first = '', ...more] = names
    const other = environments.find(({ definition }) => definition.name === first)
    if (other) {
      if (from !== undefined || to !== undefined) throw new Refusal([betweenEnvironments(name, first)])
      const { groups, leftOut } = await compareRunning(refs, environment, other, more)
      const headings = {
        removal: `only in ${name}`,
        addition: `only in ${first}`,
        definition: 'versions of charts',
      }
      terminal.data(print(groups, output, `${name} and ${first}`, headings))
      terminal.note(
        `left out: ${leftOut} values that differ as the two do: name, region, zones, domain, addresses, buckets, roles`,
      )
      if (detailedExitcode && groups.length > 0) process.exitCode = 2
      return
    }
    const releases = names
    const ref = environmentRef(name)
    const head = await refs.look(ref)
    const before = await readSide(refs, ref, from ?? head)
    const after =
      to === undefined
        ? await renderSide(root, name, (line) => {
            terminal.note(line)
          })
        : await readSide(refs, ref, to)
    const groups = compareSides(environment, before, after, releases)
    terminal.data(print(groups, output, name))
    if (detailedExitcode && groups.length > 0) process.exitCode = 2
  })

function print(
  groups: readonly ChangeGroup[],
  output: 'text' | 'json' | 'markdown',
  name: string,
  headings: Headings = {},
): string {
  if (output === 'json') return JSON.stringify(groups, null, 2)
  return output === 'markdown' ? formatMarkdown(name, groups, headings) : formatDiff(groups, headings)
}

const betweenEnvironments = (name: string, other: string): Finding => ({
  code: 'USAGE',
  severity: 'error',
  at: { file: `opencore diff ${name} ${other}` },
  found: '--from and --to name commits of one environment',
  wanted: 'what both run now',
  next: 'leave them out',
})
