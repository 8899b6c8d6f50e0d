import type { Drill } from '../drill.ts'

export const postgresPodLoss: Drill = {
  name: 'postgres-pod-loss',
  summary: "the primary's pod is deleted by force",
  moves: true,
  run: async ({ stage, primary, mark }) => {
    await stage.inNamespace(['delete', 'pod', primary.pod, '--force', '--grace-period=0'])
    mark(`${primary.pod} deleted`)
  },
}
