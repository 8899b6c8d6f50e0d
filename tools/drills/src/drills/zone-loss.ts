import { setTimeout as sleep } from 'node:timers/promises'
import type { Drill } from '../drill.ts'

/** How long the zone stays away once another instance has taken over. */
const AWAY_MS = 30_000

export const zoneLoss: Drill = {
  name: 'zone-loss',
  summary:
    "everything in the primary's zone ends at once and stays away until another took over, and 30 s more",
  moves: true,
  run: async ({ stage, primary, mark, writesGoOn }) => {
    await stage.powerOff(primary.node)
    mark(`${primary.node} without power`)
    await writesGoOn()
    mark('writes go on')
    await sleep(AWAY_MS)
    await stage.powerOn(primary.node)
    mark(`${primary.node} starts again`)
  },
}
