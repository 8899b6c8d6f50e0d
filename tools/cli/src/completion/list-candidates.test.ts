import { Argument, Command, Option } from '@commander-js/extra-typings'
import { expect, it } from 'vitest'
import { listCandidates, type Names } from './list-candidates.ts'

const commands = [
  new Command('promote')
    .description('bring releases')
    .argument('<environment>')
    .argument('[release...]')
    .option('--dry-run', 'write nothing')
    .option('--allow-skip <reason>', 'why')
    .option('--from <environment>', 'as that runs them')
    .addOption(new Option('-o, --output <format>', 'how').choices(['table', 'json'])),
  new Command('diff').argument('<environment>', 'or hub/<hub>').argument('[release...]'),
  new Command('explain').argument('<release>').argument('[path]'),
  new Command('completion').addArgument(new Argument('<shell>').choices(['bash', 'zsh'])),
  new Command('set-image').argument('<service>').argument('<image>'),
  new Command('new')
    .addCommand(new Command('service').argument('<name>').option('--team <team>').option('--uses <name...>'))
    .addCommand(new Command('environment').argument('<name>').option('--like <environment>')),
  new Command('generate').option('-e, --environment <name...>', 'only these').option('--check', 'compare'),
]
const names: Names = {
  environments: () => ['dev', 'staging'],
  hubs: () => ['hub/production'],
  services: () => ['accounts', 'cards'],
  data: () => ['events'],
  teams: () => ['channels', 'platform'],
  releases: (environment) => (environment === 'staging' ? ['accounts'] : ['accounts', 'cards']),
}
function complete(verb: string, ...words: string[]): string[] {
  const command = commands.find((one) => one.name() === verb)
  return command ? listCandidates(command, words, names).map(({ value }) => value) : []
}

it.each([
  ['an environment', ['promote', ''], ['dev', 'staging']],
  ['a release of that environment', ['promote', 'staging', ''], ['accounts']],
  ['an environment, or a hub', ['diff', ''], ['dev', 'staging', 'hub/production']],
  ['a hub', ['diff', 'hub/'], ['hub/production']],
  ['an environment of a hub', ['diff', 'hub/production', ''], ['dev', 'staging']],
  ['no hub to promote to', ['promote', 'hub/'], []],
  ['another release', ['promote', 'dev', 'cards', ''], ['accounts']],
  [
    'a release where flags stand between',
    ['promote', '--allow-skip', 'why', '-o', 'json', 'staging', ''],
    ['accounts'],
  ],
  ['flags', ['promote', '--'], ['--dry-run', '--allow-skip', '--from', '--output', '--help']],
  ['what a flag takes', ['promote', '-o', ''], ['table', 'json']],
  ['what a flag takes, behind its sign', ['promote', 'dev', '--output=j'], ['--output=json']],
  ['an environment that releases come from', ['promote', 'staging', '--from', 'd'], ['dev']],
  ['nothing for a reason', ['promote', '--allow-skip', ''], []],
  ['an environment for a flag', ['generate', '-e', 's'], ['staging']],
  ['environment and release', ['explain', 'staging/'], ['staging/accounts']],
  ['a service', ['set-image', 'c'], ['cards']],
  ['no image', ['set-image', 'cards', ''], []],
  ['a choice of an argument', ['completion', ''], ['bash', 'zsh']],
  ['what there is of a command', ['new', ''], ['service', 'environment']],
  ['flags of a command within', ['new', 'service', '--t'], ['--team']],
  ['no new name', ['new', 'service', ''], []],
  ['a team', ['new', 'service', 'fees', '--team', ''], ['channels', 'platform']],
  ['what can be used', ['new', 'service', 'fees', '--uses', ''], ['accounts', 'cards', 'events']],
  ['more of what can be used', ['new', 'service', 'fees', '--uses', 'cards', 'a'], ['accounts']],
  ['an environment to be like', ['new', 'environment', 'qa', '--like', 's'], ['staging']],
  ['nothing after the last argument', ['explain', 'dev/cards', 'resources', ''], []],
] as const)('offers %s', (_, [verb, ...words], candidates) => {
  expect(complete(verb, ...words)).toEqual(candidates)
})
