import { Command, Option } from '@commander-js/extra-typings'
import type { Finding } from '@opencore/contract'
import { compare } from '../diff/compare.ts'
import type { Comparison } from '../diff/comparison.ts'
import { formatStructured } from '../diff/format-structured.ts'
import { formatDiff, formatJson, formatMarkdown } from '../deliver/format-diff.ts'
import { Refusal } from '../output/refusal.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { contextOption, outputOption } from './options.ts'

export const diffCommand = new Command('diff')
  .description(
    'what would change in an environment, or what two run otherwise: by what differs, the riskiest first',
  )
  .argument('<environment>', 'or hub/<hub>: Argo CD’s own objects')
  .argument('[release...]', 'all when none is named; another environment first compares what both run')
  .addOption(new Option('--from <commit>', 'instead of what is on its ref: another commit of it'))
  .addOption(new Option('--to <commit>', 'instead of what this checkout renders: a commit of its ref'))
  .addOption(
    new Option(
      '--sources <commits>',
      'what two commits of the sources render: main..feature, since they parted main...feature, against this checkout main',
    ).conflicts(['from', 'to']),
  )
  .addOption(
    new Option(
      '--live',
      'against what its cluster runs, as the API server says by a dry run; of the embedded platform, or by --context',
    )
      .default(false)
      .conflicts(['from', 'sources']),
  )
  .addOption(contextOption())
  .addOption(
    new Option(
      '--detailed-exitcode',
      'exit with 2 where something differs, and with 1 whatever is wrong',
    ).default(false),
  )
  .addOption(outputOption(['text', 'json', 'markdown', 'structured']))
  .addHelpText(
    'after',
    examples({
      'diff staging': 'this checkout against what runs',
      'diff prod-eu-west-1 accounts -o markdown': 'one release, for a pull request',
      'diff staging prod-eu-west-1': 'what one runs otherwise than the other',
      'diff dev --from 3f2a9c1': 'against an earlier change set; opencore history lists them',
      'diff dev --from env/dev~1 --to env/dev': 'what the last change set changed',
      'diff dev --sources main...feature': 'what a branch would change, whatever runs',
      'diff dev --live': 'this checkout against what the embedded platform runs',
      'diff staging --live --to env/staging --context hub': 'what runs otherwise than it was promoted',
      'diff staging -o structured': 'for what reads helm-diff’s structured output: an entry an object',
      'diff hub/production': 'Argo CD’s own objects: this checkout against what the hub has',
    }),
  )
  .action(async (name, names, { detailedExitcode, output, ...asked }, command) => {
    const { terminal, root } = openSession(command)
    if (asked.context !== undefined && !asked.live) throw new Refusal([contextInVain(asked.context)])
    const platform = await loadPlatform(root)
    const comparison = await compare(
      { root, platform, name, names, ...asked, byObject: output === 'structured' },
      (line) => {
        terminal.note(line)
      },
    )
    terminal.data(print(comparison, output))
    if (comparison.note !== undefined) terminal.note(comparison.note)
    if (detailedExitcode && comparison.groups.length > 0) process.exitCode = 2
  })

type Output = 'text' | 'json' | 'markdown' | 'structured'

function print({ title, groups, headings, objects }: Comparison, output: Output): string {
  if (output === 'structured' && objects) return formatStructured(objects)
  if (output === 'json') return formatJson(groups)
  return output === 'markdown' ? formatMarkdown(title, groups, headings) : formatDiff(groups, headings)
}

const contextInVain = (context: string): Finding => ({
  code: 'USAGE',
  severity: 'error',
  at: { file: `--context ${context}` },
  found: 'a hub, and nothing that is asked of it',
  wanted: '--live beside it',
  next: 'without --live, refs are compared',
})
