import { ensureTools } from '@opencore/toolchain'
import { checkRules } from '@opencore/verify'
import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { judgeInput } from './judge-input.ts'
import { randomGraph } from '../../shared/random-platform.ts'
import { renderGraph } from '../../shared/render-graph.ts'

// What holds for our environments has to hold for any: whoever uses whom, the model derives policies, the charts render
// them, and what they open is what was declared.

const GRAPHS = 12
/** Rules that read network policies. */
const ofNetworks = /^(FLOW|POD_NOT_ISOLATED|NETWORK_POLICY|API_SERVER|MONITOR_PORT)/

beforeAll(() => ensureTools(['netpol-analyzer'], console.error))

it('any graph is open where it is declared, and nowhere else', async () => {
  await fc.assert(
    fc.asyncProperty(randomGraph, async (graph) => {
      const input = await renderGraph(graph)
      const { ours, netpolAnalyzer, oursAtOneEnd, declared } = await judgeInput(input)
      expect(netpolAnalyzer).toEqual(ours)
      expect(oursAtOneEnd).toEqual(declared)
      expect(checkRules(input).filter(({ code }) => ofNetworks.test(code))).toEqual([])
    }),
    { numRuns: GRAPHS, endOnFailure: true },
  )
})
