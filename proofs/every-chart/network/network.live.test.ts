import { ensureTools } from '@opencore/toolchain'
import { viewCluster } from '@opencore/verify'
import { beforeAll, expect, it } from 'vitest'
import { listEdges } from './addresses.ts'
import { askNetpolAnalyzer } from './ask-netpol-analyzer.ts'
import { listOpenings, readOpenings } from './list-openings.ts'
import { renderEnvironments } from './render-environments.ts'
import { standIn } from './stand-ins.ts'

// `opencore verify` judges network policies with an evaluator of our own. Here somebody else's judges the same objects.

beforeAll(() => ensureTools(['netpol-analyzer'], console.error))

it.each(await renderEnvironments())(
  '$environment: netpol-analyzer opens what our evaluator opens, and nothing else',
  async (input) => {
    const cluster = viewCluster(input)
    const standIns = standIn(cluster)
    const addresses = listEdges(cluster.objects)
    const [judged = []] = await askNetpolAnalyzer([standIns.objects])
    const ours = listOpenings(cluster, standIns, addresses)
    expect(ours.length).toBeGreaterThan(0)
    expect(readOpenings(judged, standIns, addresses)).toEqual(ours)
  },
)
