import { Command } from '@commander-js/extra-typings'
import { judgeFolder, stopJudge, withPlatformLock } from '@opencore/cluster'
import { runSteps } from '../output/run-steps.ts'
import { takeDown } from '../up/take-down.ts'
import { platformFolder } from '../workspace/platform-folder.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'

export const downCommand = new Command('down')
  .description(
    'stop the platform that `opencore up` started in this checkout, and the judge of `verify`, and remove their data; also what a killed command left',
  )
  .addHelpText('after', examples({ down: 'the next up starts from nothing' }))
  .action(async (_, command) => {
    const { terminal, root } = openSession(command)
    const folder = platformFolder(root)
    await runSteps(terminal, [
      {
        title: 'stop the platform',
        run: (report) =>
          withPlatformLock(folder, async () =>
            (await takeDown(folder, report)) ? 'stopped' : 'nothing was running',
          ),
      },
      {
        title: 'stop the judge',
        run: async () => ((await stopJudge(judgeFolder(root))) > 0 ? 'stopped' : 'nothing was running'),
      },
    ])
  })
