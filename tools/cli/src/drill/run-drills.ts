import { withPlatformLock } from '@opencore/cluster'
import {
  describeDrill,
  openStage,
  runDrill,
  type Drill,
  type DrillReport,
  type Stage,
} from '@opencore/drills'
import { findLack } from '@opencore/nodes'
import { Refusal } from '../output/refusal.ts'
import { runSteps, type Step } from '../output/run-steps.ts'
import type { Terminal } from '../output/terminal.ts'
import { describeLack } from './describe-lack.ts'
import { drillFolder } from './drill-folder.ts'
import { renderStage } from './render-stage.ts'
import { untilInterrupted } from './until-interrupted.ts'

/**
 * Run a drill so many times on nodes of its own, which are gone when this returns. Refuses a machine that can have none
 * (NODES); throws when a database does not come back.
 */
export async function runDrills(
  { root, terminal }: { root: string; terminal: Terminal },
  drill: Drill,
  times: number,
): Promise<DrillReport[]> {
  const lack = await findLack()
  if (lack !== undefined) throw new Refusal([describeLack(lack)])
  const { folder, nodes } = drillFolder(root)
  return withPlatformLock(folder, () =>
    untilInterrupted(nodes, terminal, async (signal) => {
      const reports: DrillReport[] = []
      let stage: Stage | undefined
      const start: Step = {
        title: 'start nodes with the ledger database of staging',
        run: async (report) => {
          stage = await openStage(renderStage(root, report), report, { folder: nodes, signal })
          await stage.awaitHealthy()
          return 'three instances'
        },
      }
      const runs = Array.from({ length: times }, (_, index): Step => ({
        title: times === 1 ? drill.name : `${drill.name}, run ${index + 1} of ${times}`,
        run: async () => {
          if (stage === undefined) throw new Error('no nodes run')
          const report = await runDrill(stage, drill)
          reports.push(report)
          return describeDrill(report)
        },
      }))
      const stop: Step = {
        title: 'remove the nodes',
        run: async () => {
          await stage?.stop()
          return undefined
        },
      }
      await runSteps(terminal, [start, ...runs, stop])
      return reports
    }),
  )
}
