import type { KubernetesObject } from '@opencore/cluster'
import { formatBytes, parseQuantity } from '@opencore/contract'
import { measureUse, podAmounts, read, sumAmounts } from '@opencore/verify'
import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { hidden, judge, ok, wrong, type Row } from '../row.ts'
import { allNodes, allPods } from './all-pods.ts'
import type { ClusterWanted } from './cluster-wanted.ts'

/** Resources by what nodes call them, and how an amount is shown. */
const RESOURCES = {
  cpu: { asked: 'requests.cpu', show: (value: number) => `${Math.round(value * 10) / 10} cores` },
  memory: { asked: 'requests.memory', show: formatBytes },
  pods: { asked: 'pods', show: (value: number) => `${value} pods` },
} as const

/** Room for everything at its most (autoscalers, surges, operators' pods) beside what others run there. */
export const capacity: Check<ClusterWanted> = {
  reads: () => [allNodes, allPods],
  rows: ({ context, view }, answers) => {
    const uses = measureUse(view)
    const asked = sumAmounts([...uses.values()].flat().map(({ amounts }) => amounts))
    return Object.entries(RESOURCES).map(([resource, { asked: name, show }]): Row => {
      const needed = asked.get(name) ?? 0
      const subject = {
        what: `room: ${resource}`,
        wanted: `${show(needed)} for everything at its most`,
        next: `${kubectl(context, 'describe nodes')} # then add nodes, or lower what the tier asks for`,
      }
      const pods = answers(allPods)
      if ('hidden' in pods) return hidden(subject, pods.hidden)
      return judge(subject, answers(allNodes), (nodes) => {
        const all = nodes.filter(takesPods).reduce((sum, node) => sum + amountOf(node, resource), 0)
        const others = pods.value.filter((pod) => runs(pod) && !uses.has(pod.metadata.namespace ?? ''))
        const taken =
          sumAmounts(others.map((pod) => podAmounts(pod['spec'], nothingByDefault))).get(name) ?? 0
        const found = `${show(Math.max(all - taken, 0))} free of ${show(all)}`
        return needed <= all - taken ? ok(subject, found) : wrong(subject, found)
      })
    })
  },
}

const nothingByDefault = { limits: {}, requests: {} }

const takesPods = (node: KubernetesObject) => read(node, 'spec', 'unschedulable') !== true

const runs = (pod: KubernetesObject) =>
  !['Succeeded', 'Failed'].includes(String(read(pod, 'status', 'phase')))

const amountOf = (node: KubernetesObject, resource: string) =>
  parseQuantity(read(node, 'status', 'allocatable', resource)) ?? 0
