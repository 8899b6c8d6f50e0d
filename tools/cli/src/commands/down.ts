import { Command } from '@commander-js/extra-typings'
import { judgeFolder, stopJudge, withPlatformLock } from '@opencore/cluster'
import { existsSync } from 'node:fs'
import { drillFolder } from '../drill/drill-folder.ts'
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
    const drills = drillFolder(root)
    await runSteps(terminal, [
      {
        title: 'stop the platform',
        run: (report) =>
          withPlatformLock(folder, async () =>
            (await takeDown(folder, report)) ? 'stopped' : 'nothing was running',
          ),
      },
      ...(existsSync(drills.nodes)
        ? [{ title: 'remove what a drill left', run: () => removeDrill(drills) }]
        : []),
      {
        title: 'stop the judge',
        run: async () => ((await stopJudge(judgeFolder(root))) > 0 ? 'stopped' : 'nothing was running'),
      },
    ])
  })

/** Of a drill that still runs nothing is taken: that is busy. */
async function removeDrill({ folder, nodes }: ReturnType<typeof drillFolder>): Promise<string> {
  const { removeRealCluster } = await import('@opencore/nodes')
  await withPlatformLock(folder, () => removeRealCluster(nodes))
  return 'removed'
}
