import { Command } from '@commander-js/extra-typings'
import { stopPlatform, withPlatformLock } from '@opencore/cluster'
import { runSteps } from '../output/run-steps.ts'
import { platformFolder } from '../workspace/platform-folder.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'

export const downCommand = new Command('down')
  .description('stop the embedded platform and remove its data; also one whose supervisor was killed')
  .addHelpText('after', examples({ down: 'stop everything that `opencore up` started' }))
  .action(async (_, command) => {
    const { terminal, root } = openSession(command)
    const folder = platformFolder(root)
    await runSteps(terminal, [
      {
        title: 'stop the platform',
        run: (report) =>
          withPlatformLock(folder, async () =>
            (await stopPlatform(folder, report)) ? 'stopped' : 'nothing was running',
          ),
      },
    ])
  })
