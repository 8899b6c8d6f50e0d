import { Command } from '@commander-js/extra-typings'
import { describeTools, type Prerequisite, type ToolState } from '@opencore/toolchain'
import type { Finding } from '@opencore/contract'
import { formatTable } from '../output/format-table.ts'
import { Refusal } from '../output/refusal.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { contextOption, environmentOption, outputOption } from './options.ts'

export const doctorCommand = new Command('doctor')
  .description(
    'list what this machine must bring and every tool, or what a hub and its clusters lack: found, wanted, what to do',
  )
  .addOption(contextOption())
  .addOption(environmentOption())
  .addOption(outputOption(['table', 'json']))
  .addHelpText(
    'after',
    examples({
      doctor: 'is everything there?',
      'doctor -o json': 'the same for a script',
      'doctor --context hub -e dev': 'is everything there for dev, on the hub and on its cluster?',
    }),
  )
  .action(async ({ context, environment, output }, command) => {
    const { terminal, root } = openSession(command)
    if (context !== undefined) {
      const { lookAtHub } = await import('../hub/look-at-hub.ts')
      await lookAtHub({ root, terminal, context, names: environment, output })
      return
    }
    if (environment !== undefined) throw new Refusal([contextMissing])
    const { prerequisites, tools } = await describeTools()
    if (output === 'json') terminal.data(JSON.stringify({ prerequisites, tools }, null, 2))
    else {
      const rows = [...prerequisites.map(prerequisiteRow), ...tools.map(toolRow)]
      terminal.data(formatTable(['name', 'version', 'state', 'next'], rows))
    }
    const missing = prerequisites.filter(({ ok }) => !ok)
    if (missing.length > 0) throw new Refusal(missing.map(missingPrerequisite))
  })

const prerequisiteRow = ({ name, wanted, found, ok, next }: Prerequisite) => [
  name,
  found ?? '-',
  ok ? 'found' : `missing, wants ${wanted}`,
  next,
]

const toolRow = ({ name, version, path, onDemand }: ToolState) => [
  name,
  version,
  path ? 'built' : 'not built yet',
  path ? '' : `built when a ${onDemand ? 'test or the benchmark' : 'command'} first needs it`,
]

const missingPrerequisite = ({ name, wanted, found, next }: Prerequisite): Finding => ({
  code: 'PREREQUISITE_MISSING',
  severity: 'error',
  at: { file: name },
  found: found ? `${name} ${found} is too old` : `${name} is not installed`,
  wanted: `${name} ${wanted} or newer`,
  next,
})

const contextMissing: Finding = {
  code: 'CONTEXT_MISSING',
  severity: 'error',
  at: { file: '--environment' },
  found: 'an environment, and no context',
  wanted: 'the hub that it is looked for on',
  next: 'opencore doctor --context <hub>; kubectl config get-contexts lists yours',
}
