import type { Drill } from '../drill.ts'

export const nodeDrain: Drill = {
  name: 'node-drain',
  summary: "the primary's node is emptied for maintenance, and comes back",
  moves: true,
  run: async ({ stage, primary, mark }) => {
    const how = ['--ignore-daemonsets', '--delete-emptydir-data', '--force', '--timeout=120s']
    await stage.kubectl(['drain', primary.node, ...how])
    mark(`${primary.node} drained`)
    await stage.kubectl(['uncordon', primary.node])
    mark(`${primary.node} back`)
  },
}
