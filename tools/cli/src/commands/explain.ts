import { Argument, Command } from '@commander-js/extra-typings'
import type { Finding } from '@opencore/contract'
import { explainValue } from '@opencore/model'
import { formatExplanation } from '../output/format-explanation.ts'
import { Refusal } from '../output/refusal.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { outputOption } from './options.ts'

export const explainCommand = new Command('explain')
  .description('say where a value comes from: every layer that set it, which one won, which are dead')
  .addArgument(new Argument('<release>', 'environment/release, such as dev/accounts'))
  .addArgument(
    new Argument('[path]', 'a value or a group of values; none for all of the release').default(''),
  )
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      'explain prod-eu-west-1/accounts resources.limits.memory': 'who set the memory limit',
      'explain dev/payments autoscaling': 'every value of a group that a layer sets',
      'explain staging/ledger network.ingress -o json': 'a derived value, for a script',
    }),
  )
  .action(async (target, path, { output }, command) => {
    const { terminal, root } = openSession(command)
    const [environment = '', release] = target.split('/')
    if (release === undefined) throw new Refusal([withoutRelease(target)])
    const platform = await loadPlatform(root, { environment, release })
    const explanation = explainValue(platform, environment, release, path)
    if (!explanation.ok) throw new Refusal(explanation.findings)
    terminal.data(
      output === 'json'
        ? JSON.stringify(explanation.value, null, 2)
        : formatExplanation(explanation.value, terminal.colors),
    )
  })

const withoutRelease = (target: string): Finding => ({
  code: 'USAGE',
  severity: 'error',
  at: { file: `opencore explain ${target}` },
  found: `"${target}" names no release of an environment`,
  wanted: '<environment>/<release>, such as dev/accounts',
  next: 'name both',
})
