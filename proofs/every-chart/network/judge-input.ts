import { viewCluster, type EnvironmentInput } from '@opencore/verify'
import { listEdges } from './addresses.ts'
import { askNetpolAnalyzer } from './ask-netpol-analyzer.ts'
import { keepOurs, listDeclared } from './list-declared.ts'
import { listOpenings, readOpenings, type Openings } from './list-openings.ts'
import { standIn } from './stand-ins.ts'

/** What is open in an environment, as three see it that know nothing of each other. */
export interface Judged {
  /** Our own evaluator. */
  ours: Openings
  netpolAnalyzer: Openings
  /** Of what is ours at one end at least. */
  oursAtOneEnd: Openings
  declared: Openings
}

export async function judgeInput(input: EnvironmentInput): Promise<Judged> {
  const cluster = viewCluster(input)
  const standIns = standIn(cluster, 2)
  const addresses = listEdges(cluster.objects)
  const [judged = []] = await askNetpolAnalyzer([standIns.objects])
  const ours = listOpenings(cluster, standIns, addresses)
  return {
    ours,
    netpolAnalyzer: readOpenings(judged, standIns, addresses),
    oursAtOneEnd: keepOurs(ours, standIns),
    declared: listDeclared(cluster, standIns, addresses),
  }
}
