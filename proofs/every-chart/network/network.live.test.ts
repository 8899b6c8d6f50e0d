import { ensureTools } from '@opencore/toolchain'
import { viewCluster } from '@opencore/verify'
import { beforeAll, expect, it } from 'vitest'
import { listEdges } from './addresses.ts'
import { askNetpolAnalyzer } from './ask-netpol-analyzer.ts'
import { keepOurs, listDeclared } from './list-declared.ts'
import { listOpenings, readOpenings } from './list-openings.ts'
import { renderEnvironments } from './render-environments.ts'
import { standIn } from './stand-ins.ts'

// `opencore verify` judges network policies with an evaluator of our own. Here somebody else's judges the same objects.

beforeAll(() => ensureTools(['netpol-analyzer'], console.error))

it.each(await renderEnvironments())(
  '$environment: netpol-analyzer and our evaluator open what is declared, and nothing else',
  async (input) => {
    const cluster = viewCluster(input)
    const standIns = standIn(cluster, 2)
    const addresses = listEdges(cluster.objects)
    const [judged = []] = await askNetpolAnalyzer([standIns.objects])
    const ours = listOpenings(cluster, standIns, addresses)
    expect(ours.length).toBeGreaterThan(0)
    expect(readOpenings(judged, standIns, addresses)).toEqual(ours)
    expect(keepOurs(ours, standIns)).toEqual(listDeclared(cluster, standIns, addresses))
  },
)
