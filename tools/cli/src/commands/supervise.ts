import { Argument, Command } from '@commander-js/extra-typings'
import { runSupervisor } from '@opencore/cluster'

/** The process that owns an embedded platform; `opencore up` starts it, nobody types it. */
export const superviseCommand = new Command('supervise')
  .addArgument(new Argument('<folder>'))
  .action(async (folder) => {
    process.exit(await runSupervisor(folder))
  })
