import type { Drill } from '../drill.ts'

export const postgresPodLoss: Drill = {
  name: 'postgres-pod-loss',
  summary: "the primary's pod is deleted by force",
  moves: true,
  run: async ({ stage, primary, mark }) => {
    await stage.endPod(primary.pod)
    mark(`${primary.pod} deleted`)
  },
}
