import type { Drill } from '../drill.ts'

export const postgresNodePowerCycle: Drill = {
  name: 'postgres-node-power-cycle',
  summary: "everything on the primary's node ends at once; it starts again by itself",
  run: async ({ stage, primary, mark }) => {
    await stage.powerOff(primary.node)
    mark(`${primary.node} without power`)
    await stage.powerOn(primary.node)
  },
}
