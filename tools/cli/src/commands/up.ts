import { Command } from '@commander-js/extra-typings'
import { layOut, readSpec, readStatus, withPlatformLock } from '@opencore/cluster'
import { refuseSeveralHubs } from '../hub/one-hub.ts'
import { formatApplications } from '../up/format-applications.ts'
import { runSteps } from '../output/run-steps.ts'
import type { Terminal } from '../output/terminal.ts'
import { findNamed } from '../releases/find-named.ts'
import { planUp } from '../up/bring-up.ts'
import { chooseNodes } from '../up/real/choose-nodes.ts'
import { takeDown } from '../up/take-down.ts'
import { Refusal } from '../output/refusal.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { platformFolder } from '../workspace/platform-folder.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { contextOption, environmentOption, nodesOption, outputOption } from './options.ts'

export const upCommand = new Command('up')
  .description(
    'start the platform on this machine, or bring what has changed to the running one, or bootstrap a hub of yours; wait until Argo CD says Synced and Healthy',
  )
  .addOption(environmentOption())
  .addOption(contextOption())
  .addOption(nodesOption())
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      up: 'all environments',
      'up -e dev': 'one environment, in half the time',
      'up -e dev -e staging -o json': 'two, and the result for a script',
      'up -e dev --nodes real': 'what can run of one environment, with containers that run',
      'up --context hub -e dev': 'teach a hub of yours about dev, once doctor finds nothing missing',
    }),
  )
  .addHelpText(
    'after',
    `
It goes on by itself until \`opencore down\`. Ctrl-C while it starts stops all that was started; a platform that ran before
goes on. Where the cluster refuses what an Application needs, and nothing else is waited for, the wait ends and says what.`,
  )
  .action(async ({ context, environment, nodes: asked, output }, command) => {
    const { terminal, root } = openSession(command)
    const folder = platformFolder(root)
    const platform = await loadPlatform(root)
    const kept = await readSpec(layOut(folder))
    const real = kept?.environments.find((each) => each.real)?.name
    const environments = findNamed(
      platform.environments,
      environment ?? (context === undefined && real !== undefined ? [real] : undefined),
      ({ definition }) => definition.name,
      'environment',
      '--environment',
    )
    if (context !== undefined) {
      const { planHubUp } = await import('../hub/up-hub.ts')
      refuseSeveralHubs(environments)
      const { steps, rows } = planHubUp({ root, folder, platform, environments, context })
      await runSteps(terminal, steps)
      terminal.data(output === 'json' ? JSON.stringify(rows, null, 2) : formatApplications(rows))
      return
    }
    const names = environments.map(({ definition }) => definition.name)
    const paired = environments.filter(({ definition }) => definition.counterpart)
    const nodes = chooseNodes({
      asked,
      environments: names,
      paired: paired.map(({ definition }) => definition.name),
      kept,
      lack: await findLackOf(asked ?? real),
    })
    if (typeof nodes !== 'string') throw new Refusal([nodes])
    await withPlatformLock(folder, async () => {
      const { steps, rows } = planUp({ root, folder, platform, environments, nodes })
      await untilInterrupted(folder, terminal, () => runSteps(terminal, steps))
      terminal.data(output === 'json' ? JSON.stringify(rows, null, 2) : formatApplications(rows))
    })
    terminal.note(whatNext)
  })

/** Why real nodes cannot be had, where they are wanted: it is tried, which takes a moment. */
async function findLackOf(wanted: string | undefined): Promise<string | undefined> {
  if (wanted === undefined || wanted === 'simulated') return undefined
  return (await import('@opencore/nodes')).findLack()
}

/** 128 + SIGINT, as shells count. */
const interrupted = 130

/** Ctrl-C ends what this command does, and stops what it started; a platform that ran before is left as it is. */
async function untilInterrupted(
  folder: string,
  terminal: Terminal,
  action: () => Promise<void>,
): Promise<void> {
  const ranBefore = (await readStatus(folder)).phase === 'running'
  let end: Promise<never> | undefined
  const stop = () => {
    if (ranBefore) process.exit(interrupted)
    end ??= tearDown(folder, terminal)
  }
  // Not `once`: libraries that see no other listener left end the process, whatever was started.
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    await action()
  } finally {
    // What is torn down below it makes the action fail before everything is gone.
    await end
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

async function tearDown(folder: string, terminal: Terminal): Promise<never> {
  terminal.note('\ninterrupted: stopping what was started')
  try {
    await takeDown(folder, (line) => {
      terminal.note(line)
    })
  } catch (error) {
    terminal.note(`not everything was stopped (${String(error)}): run opencore down`)
  }
  return process.exit(interrupted)
}

const whatNext = `
What to try next:
  opencore status                                                        the table again
  opencore explain prod-eu-west-1/accounts resources.limits.memory       who set a value
  edit environments/dev/overrides/accounts.yaml, then
  opencore generate && opencore up -e dev                                push a change, see it synced
  opencore diff dev                                                      this checkout against what runs; against your own env/dev, once it is promoted
  opencore promote dev --dry-run                                         verify it as a whole, and write nothing
  opencore history dev                                                   what brought it there, from which commit, signed by whom
  opencore down                                                          stop everything`
