import { Command, Option } from '@commander-js/extra-typings'
import { compareObjects, groupChanges, type ChangeGroup } from '@opencore/delivery'
import { environmentRef } from '@opencore/plan'
import { formatDiff, formatMarkdown } from '../deliver/format-diff.ts'
import { openRefs } from '../deliver/open-refs.ts'
import { readSide, renderSide, type Side } from '../deliver/read-side.ts'
import { findNamed } from '../releases/find-named.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { outputOption } from './options.ts'

export const diffCommand = new Command('diff')
  .description('what would change in an environment, by what changes, the riskiest first')
  .argument('<environment>')
  .argument('[release...]')
  .addOption(new Option('--from <commit>', 'instead of what is on its ref: another commit of it'))
  .addOption(new Option('--to <commit>', 'instead of what this checkout renders: a commit of its ref'))
  .addOption(new Option('--detailed-exitcode', 'exit with 2 where something differs').default(false))
  .addOption(outputOption(['text', 'json', 'markdown']))
  .addHelpText(
    'after',
    examples({
      'diff staging': 'this checkout against what runs',
      'diff prod-eu-west-1 accounts -o markdown': 'one release, for a pull request',
      'diff dev --from 3f2a9c1': 'against an earlier change set; opencore history lists them',
    }),
  )
  .action(async (name, releases, { from, to, detailedExitcode, output }, command) => {
    const { terminal, root } = openSession(command)
    const { environments } = await loadPlatform(root)
    findNamed(environments, [name], ({ definition }) => definition.name, 'environment')
    const refs = await openRefs(root)
    const ref = environmentRef(name)
    const head = await refs.look(ref)
    const before = await readSide(refs, ref, from ?? head)
    const after =
      to === undefined
        ? await renderSide(root, name, (line) => {
            terminal.note(line)
          })
        : await readSide(refs, ref, to)
    const groups = groupSides(before, after, releases)
    terminal.data(print(groups, output, name))
    if (detailedExitcode && groups.length > 0) process.exitCode = 2
  })

function groupSides(before: Side, after: Side, releases: readonly string[]): ChangeGroup[] {
  const known = [...new Set([...before.keys(), ...after.keys()])].sort()
  const named = findNamed(known, releases.length === 0 ? undefined : releases, (name) => name, 'release')
  const side = (of: Side) => named.flatMap((name) => of.get(name) ?? [])
  return groupChanges(compareObjects(side(before), side(after)))
}

function print(groups: readonly ChangeGroup[], output: 'text' | 'json' | 'markdown', name: string): string {
  if (output === 'json') return JSON.stringify(groups, null, 2)
  return output === 'markdown' ? formatMarkdown(name, groups) : formatDiff(groups)
}
