import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok } from '../row.ts'
import { allNodes } from './all-pods.ts'
import type { ClusterWanted } from './cluster-wanted.ts'

const ZONE = 'topology.kubernetes.io/zone'

/** Nodes in every zone of the environment, or pods that are spread over them wait forever. */
export const zones: Check<ClusterWanted> = {
  reads: () => [allNodes],
  rows: ({ context, environment: { definition } }, answers) => {
    const subject = {
      what: 'zones',
      wanted: `nodes in ${definition.zones.join(', ')}`,
      next: `${kubectl(context, `get nodes -L ${ZONE}`)} # then add nodes, or correct zones in environments/${definition.name}/index.ts`,
    }
    return [
      judge(subject, answers(allNodes), (nodes) => {
        const there = new Map<string, number>()
        for (const { metadata } of nodes) {
          const zone = metadata.labels?.[ZONE] ?? `none, for want of ${ZONE}`
          there.set(zone, (there.get(zone) ?? 0) + 1)
        }
        const found = [...there].map(([zone, count]) => `${count} in ${zone}`).sort()
        const shown = found.length === 0 ? 'no node' : found.join(', ')
        return definition.zones.every((zone) => there.has(zone))
          ? ok(subject, shown)
          : missing(subject, shown)
      }),
    ]
  },
}
