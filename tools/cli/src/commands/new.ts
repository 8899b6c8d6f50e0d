import { Command, InvalidArgumentError, Option, type CommandUnknownOpts } from '@commander-js/extra-typings'
import { draftData, kindNames, listExamples, listOwnFlags } from '../new/draft-data.ts'
import { draftEnvironment } from '../new/draft-environment.ts'
import { draftService } from '../new/draft-service.ts'
import { describeUse } from '../new/describe-use.ts'
import { draftTeam } from '../new/draft-team.ts'
import type { Draft, DraftRequest } from '../new/draft.ts'
import { writeDraft } from '../new/write-draft.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { outputOption } from './options.ts'

const digest = `sha256:${'9f86d081'.repeat(8)}`

const service = new Command('service')
  .description('a service: its definition and its image, in the first ring alone')
  .argument('<name>')
  .option('--about <sentence>', 'what it does')
  .option('--team <team>', 'who owns it')
  .option('--namespace <namespace>', 'where it runs')
  .option('--image <reference>', 'what it runs: <repository>:<tag>@<digest>')
  .addOption(new Option('--port <port>', 'where it listens, where not on 8080').argParser(readPort))
  .option('--uses <name...>', `services and data; ${describeUse('uses')}`)
  .option('--reads <what...>', `what it reads: ${describeUse('reads')}`)
  .option('--writes <what...>', `what it writes: ${describeUse('writes')}`)
  .option('--external <place...>', 'hosts beyond the platform: <host>:<port>')
  .option('--secret <secret...>', 'secrets of its own, from the store: <name>=<key>[,<key>...]')
  .option('--edge <path...>', 'what the ingress gateway serves of it to the outside: <host>/<path>')
  .addOption(dryRunOption())
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      [`new service fees --about "What a transfer costs." --team payments --namespace banking-services \\
      --image registry.firefly-banking.com/core-banking/fees:0.1.0@${digest} \\
      --uses customers --reads events/payments.events`]: '',
    }),
  )
  .action((name, { dryRun, output, ...flags }, command) =>
    run(command, draftService(name, flags), { dryRun, output }),
  )

const dataFlags = new Command('data')
  .description('what keeps data for services, in the first ring alone')
  .argument('<name>')
  .option('--about <sentence>', 'what it keeps')
  .addOption(new Option('--kind <kind>', `one of ${kindNames.join(', ')}`))
  .option('--team <team>', 'who owns it')
  .option('--namespace <namespace>', 'that of the services which use it')

const ownOptions = listOwnFlags().map(({ flag, takes, what }) => {
  const option = new Option(`${flag} ${takes}`, what)
  dataFlags.addOption(option)
  return { flag, name: option.attributeName() }
})

const data = dataFlags
  .addOption(dryRunOption())
  .addOption(outputOption(['table', 'json']))
  .addHelpText('after', examples(Object.fromEntries(listExamples().map((line) => [line, '']))))
  .action((name, { dryRun, output, ...flags }, command) =>
    run(command, draftData(name, { ...flags, own: readOwn(command) }), { dryRun, output }),
  )

const team = new Command('team')
  .description('a team: who approves changes, who may sync, and who hears of it')
  .argument('<name>')
  .option('--about <sentence>', 'what it looks after')
  .option('--code-owner <team>', 'the team of the git host that approves: @<organisation>/<team>')
  .option('--sync <group...>', 'groups of the identity provider whose people may sync')
  .option('--read <group...>', 'groups whose people may look')
  .option('--news <channel>', 'the Slack channel that hears of versions that run')
  .option('--alerts <channel>', 'the Slack channel that hears of what is broken')
  .addOption(dryRunOption())
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      'new team lending --about "Loans." --code-owner @firefly-banking/lending --sync lending-engineers --news lending-releases --alerts lending-alerts':
        '',
    }),
  )
  .action((name, { dryRun, output, ...flags }, command) =>
    run(command, draftTeam(name, flags), { dryRun, output }),
  )

const environment = new Command('environment')
  .description('an environment after another: what they share is copied, the rest is asked for')
  .argument('<name>')
  .option('--about <sentence>', 'what it is for')
  .option('--like <environment>', 'the one that it is like')
  .option('--region <region>', 'the region that it is in')
  .option('--zones <zone...>', 'the zones that its nodes are in')
  .option('--domain <domain>', 'the domain of the hosts that services expose')
  .option(
    '--address <place...>',
    'where its cluster has what the like one reaches: <place>=<cidr>[,<cidr>...]',
  )
  .option('--bucket <bucket...>', 'its own bucket for each of the like one: <bucket>=<bucket>')
  .option('--role <release...>', 'roles by which its parts reach the cloud: <release>=<role>')
  .addOption(dryRunOption())
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      'new environment qa --like staging': 'says all that is asked for, and what staging has there',
    }),
  )
  .action((name, { dryRun, output, ...flags }, command) =>
    run(command, draftEnvironment(name, flags), { dryRun, output }),
  )

export const newCommand = new Command('new')
  .description('write the files of a new service, data, environment or team; checked before they are written')
  .addCommand(service)
  .addCommand(data)
  .addCommand(environment)
  .addCommand(team)

/** What was given behind the flags that kinds of data bring, by flag. */
function readOwn(command: CommandUnknownOpts): Map<string, string[]> {
  const given = ownOptions.flatMap(({ flag, name }) => {
    const value = command.getOptionValue(name) as string | string[] | undefined
    return value === undefined ? [] : [[flag, [value].flat()] as const]
  })
  return new Map(given)
}

interface Wanted {
  dryRun: boolean
  output: 'table' | 'json'
}

async function run(
  command: CommandUnknownOpts,
  request: DraftRequest,
  { dryRun, output }: Wanted,
): Promise<void> {
  const { terminal, root } = openSession(command)
  const draft = await writeDraft(root, request, dryRun)
  terminal.data(output === 'json' ? JSON.stringify(draft, null, 2) : describe(draft, dryRun))
  const commands = draft.next.map((line) => `opencore ${line}`).join(' && ')
  terminal.note(dryRun ? 'nothing was written' : `next: ${commands}`)
}

function describe({ files, edited = [] }: Draft, dryRun: boolean): string {
  const marked = [...files.map((file) => ['+', file] as const), ...edited.map((file) => ['~', file] as const)]
  return marked
    .map(([mark, { path, text }]) => (dryRun ? `${mark} ${path}\n${text}` : `${mark} ${path}`))
    .join('\n')
}

function dryRunOption() {
  return new Option('--dry-run', 'check it and show the files; write nothing').default(false)
}

function readPort(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('wanted: a number')
  return Number(text)
}
