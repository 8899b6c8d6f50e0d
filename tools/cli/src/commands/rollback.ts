import { Command, Option } from '@commander-js/extra-typings'
import { rollBack } from '../deliver/roll-back.ts'
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
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      'rollback prod-eu-west-1 accounts': 'one release to what it was',
      'rollback staging --to 3f2a9c1': 'everything to how it was then',
    }),
  )
  .action(async (name, release, { to, output }, command) => {
    const { terminal, root } = openSession(command)
    const { environments } = await loadPlatform(root)
    const [environment] = findNamed(environments, [name], ({ definition }) => definition.name, 'environment')
    if (environment === undefined) throw new Error(`findNamed let ${name} pass`)
    const result = await rollBack({ root, environments, environment, release, to }, (line) => {
      terminal.note(line)
    })
    terminal.data(
      output === 'json'
        ? JSON.stringify(result, null, 2)
        : `${result.ref} is at ${result.after.slice(0, 12)}, as it was at ${result.target.slice(0, 12)}`,
    )
  })
