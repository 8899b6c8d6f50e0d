import { printYaml } from '@opencore/contract'
import type { EnvironmentInput } from '@opencore/verify'
import { join } from 'node:path'
import { assembleGraph, type RandomGraph } from './random-platform.ts'
import { renderInputs } from './render-inputs.ts'
import { root } from './root.ts'

/** A graph as `opencore verify` hands an environment to its rules: assembled by the model, rendered by the charts. */
export async function renderGraph(graph: RandomGraph): Promise<EnvironmentInput> {
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
  return input
}
