import { setTimeout as sleep } from 'node:timers/promises'
import type { Drill } from '../drill.ts'

/** How long a database without a primary is left to itself. */
const ALONE_MS = 20_000

export const operatorLoss: Drill = {
  name: 'operator-loss',
  summary: "the operator is gone while the primary's pod is lost, and comes back 20 s later",
  moves: true,
  run: async ({ stage, primary, mark }) => {
    await stage.stopOperator()
    mark('operator gone')
    await stage.endPod(primary.pod)
    mark(`${primary.pod} deleted`)
    await sleep(ALONE_MS)
    await stage.startOperator()
    mark('operator back')
  },
}
