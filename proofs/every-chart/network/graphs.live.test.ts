import { printYaml } from '@opencore/contract'
import { ensureTools } from '@opencore/toolchain'
import { checkRules } from '@opencore/verify'
import * as fc from 'fast-check'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { root } from '../../shared/root.ts'
import { judgeInput } from './judge-input.ts'
import { assembleGraph, randomGraph } from '../../shared/random-platform.ts'
import { renderInputs } from '../../shared/render-inputs.ts'

// What holds for our environments has to hold for any: whoever uses whom, the model derives policies, the charts render
// them, and what they open is what was declared.

const GRAPHS = 12
/** Rules that read network policies. */
const ofNetworks = /^(FLOW|POD_NOT_ISOLATED|NETWORK_POLICY|API_SERVER|MONITOR_PORT)/

beforeAll(() => ensureTools(['netpol-analyzer'], console.error))

it('any graph is open where it is declared, and nowhere else', async () => {
  await fc.assert(
    fc.asyncProperty(randomGraph, async (graph) => {
      const environment = assembleGraph(graph)
      const { kubernetesVersion } = environment.definition
      const requests = environment.releases.map(({ name, namespace, chart, values }) => ({
        id: `dev/${name}`,
        chart: join(root, 'charts', chart.name),
        release: name,
        namespace,
        values: printYaml(values),
        kubeVersion: kubernetesVersion,
      }))
      const [input] = await renderInputs([environment], requests)
      if (!input) throw new Error('nothing was rendered')
      const { ours, netpolAnalyzer, oursAtOneEnd, declared } = await judgeInput(input)
      expect(netpolAnalyzer).toEqual(ours)
      expect(oursAtOneEnd).toEqual(declared)
      expect(checkRules(input).filter(({ code }) => ofNetworks.test(code))).toEqual([])
    }),
    { numRuns: GRAPHS, endOnFailure: true },
  )
})
