import { sortFindings, type Finding } from '@opencore/contract/findings'
import { viewCluster } from './cluster-view.ts'
import type { EnvironmentInput } from './object-view.ts'
import { rules } from './rules/index.ts'

/** Every breach of every rule across the objects of one environment, sorted by file. */
export function checkRules(input: EnvironmentInput): Finding[] {
  const cluster = viewCluster(input)
  return sortFindings(rules.flatMap((rule) => rule.check(cluster)))
}
