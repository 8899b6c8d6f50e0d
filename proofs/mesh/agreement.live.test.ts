import { checkRules, type EnvironmentInput } from '@opencore/verify'
import * as fc from 'fast-check'
import { env } from 'node:process'
import { describe, expect, it } from 'vitest'
import { randomGraph } from '../shared/random-platform.ts'
import { renderEnvironments } from '../shared/render-environments.ts'
import { renderGraph } from '../shared/render-graph.ts'
import { listDeclaredCalls, listOwnCalls, readCalls, standInMesh } from './list-calls.ts'
import { listMutants } from './mutate-policies.ts'
import { askNca } from './nca/ask-nca.ts'
import { installNca } from './nca/install-nca.ts'

// What AuthorizationPolicies let through, by an evaluator that is not ours: the same as ours says, and what flows declare.

const GRAPHS = 12
/** Of each kind of change. */
const TRIED = 8
const nca = await installNca()
const missing = 'missing' in nca ? nca.missing : undefined
if (missing !== undefined && env['CI'] === 'true') throw new Error(missing)
const path = 'path' in nca ? nca.path : ''
const environments = await renderEnvironments()

async function judge(input: EnvironmentInput) {
  const cluster = standInMesh(input)
  return {
    nca: readCalls(await askNca(path, cluster.objects), cluster),
    ours: listOwnCalls(cluster),
    declared: listDeclaredCalls(cluster),
  }
}

describe.skipIf(missing !== undefined)(
  `two evaluators${missing === undefined ? '' : `: skipped, ${missing}`}`,
  () => {
    it.each(environments.map((input) => [input.environment, input] as const))(
      'agree with what is declared in %s',
      async (_, input) => {
        const judged = await judge(input)
        expect(judged.ours.length).toBeGreaterThan(100)
        expect(judged.nca).toEqual(judged.ours)
        expect(judged.ours).toEqual(judged.declared)
      },
    )

    it('agree with any graph', async () => {
      await fc.assert(
        fc.asyncProperty(randomGraph, async (graph) => {
          const input = await renderGraph(graph)
          const judged = await judge(input)
          expect(judged.nca).toEqual(judged.ours)
          expect(judged.ours).toEqual(judged.declared)
          expect(checkRules(input).filter(({ code }) => code.startsWith('MESH'))).toEqual([])
        }),
        { numRuns: GRAPHS, endOnFailure: true },
      )
    })

    it('no policy can change its meaning without a finding', async () => {
      const [dev] = environments
      if (!dev) throw new Error('there is no environment')
      const before = (await judge(dev)).nca
      const counts = { caught: 0, same: 0 }
      for (const { kind, input } of listMutants(dev, TRIED)) {
        const found = checkRules(input).filter(({ code }) => code.startsWith('MESH'))
        if (found.length > 0) counts.caught += 1
        else {
          // What nobody finds has to mean the same.
          expect((await judge(input)).nca, kind).toEqual(before)
          counts.same += 1
        }
      }
      console.info(`policies of the mesh: ${counts.caught} changes are caught, ${counts.same} mean the same`)
      expect(counts.caught).toBeGreaterThan(50)
    })
  },
)
