import { setTimeout as sleep } from 'node:timers/promises'
import type { Drill } from '../drill.ts'

/** How long the old primary stays cut off once another has taken over: its clients go on trying. */
const APART_MS = 20_000

export const postgresZonePartition: Drill = {
  name: 'postgres-zone-partition',
  summary:
    "the primary's zone is cut off and alive, a client beside it goes on writing; healed 20 s after another took over",
  besidePrimary: true,
  moves: true,
  run: async ({ stage, primary, mark, writesGoOn }) => {
    await stage.cutOff(primary.node)
    mark(`${primary.node} cut off`)
    await writesGoOn()
    mark('writes go on elsewhere')
    await sleep(APART_MS)
    await stage.plugIn(primary.node)
    mark(`${primary.node} reached again`)
  },
}
