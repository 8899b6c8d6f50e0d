import type { EnvironmentInput } from '@opencore/verify'
import { assembleGraph, type RandomGraph } from './random-platform.ts'
import { renderInputs } from './render-inputs.ts'
import { requestReleases } from './request-releases.ts'

/** A graph as `opencore verify` hands an environment to its rules: assembled by the model, rendered by the charts. */
export async function renderGraph(graph: RandomGraph): Promise<EnvironmentInput> {
  const environment = assembleGraph(graph)
  const [input] = await renderInputs([environment], requestReleases(environment))
  if (!input) throw new Error('nothing was rendered')
  return input
}
