import { Argument, Command } from '@commander-js/extra-typings'
import { runSupervisor, type OpenNodes } from '@opencore/cluster'

/** The process that owns an embedded platform; `opencore up` starts it, nobody types it. */
export const superviseCommand = new Command('supervise')
  .addArgument(new Argument('<folder>'))
  .action(async (folder) => {
    const openReal: OpenNodes = async ({ zones, real: { images } }) => {
      const { openNodes } = await import('@opencore/nodes')
      // Into its log: what is built was built before.
      return openNodes(folder, zones, (line) => process.stderr.write(`${line}\n`), images)
    }
    process.exit(await runSupervisor(folder, openReal))
  })
