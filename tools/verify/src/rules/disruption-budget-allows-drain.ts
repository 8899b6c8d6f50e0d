import { groupBy } from '@opencore/contract'
import type { ClusterView } from '../cluster-view.ts'
import { readSelector } from '../label-selector.ts'
import type { Pod } from '../pods.ts'
import { asText, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** A budget, and the pods that it selects. */
interface Guarded {
  budget: RenderedObject
  pods: readonly Pod[]
}

export const disruptionBudgetAllowsDrain: Rule = {
  id: 'DISRUPTION_BUDGET_BLOCKS_DRAIN',
  reason: 'Where no pod may ever go, or two budgets guard one pod, every drain of its node waits for ever.',
  check: (cluster) => {
    const fewest = indexAutoscalers(cluster)
    const guarded = cluster.objectsOf('PodDisruptionBudget').map((budget): Guarded => {
      const namespace = budget.object.metadata.namespace ?? 'default'
      return {
        budget,
        pods: cluster.podsMatching(namespace, readSelector(read(budget.object, 'spec', 'selector'))),
      }
    })
    return [
      ...guarded.flatMap(({ budget, pods }) => {
        const spec = read(budget.object, 'spec')
        const total = countPods(fewest, pods)
        const problem = total === undefined ? undefined : describeDeadlock(spec, total)
        if (problem === undefined) return []
        return complain(budget, {
          code: disruptionBudgetAllowsDrain.id,
          found: `${describeObject(budget.object)} ${problem}`,
          wanted: 'a budget that lets at least one pod go',
          next: 'set maxUnavailable to 1, run more pods, or leave the budget out',
        })
      }),
      ...findDoubles(guarded),
    ]
  },
}

/** Why a budget over so many pods never lets one go; undefined if it does. Kubernetes rounds shares up. */
function describeDeadlock(spec: unknown, total: number): string | undefined {
  const least = asBound(read(spec, 'minAvailable'))
  const most = asBound(read(spec, 'maxUnavailable'))
  if (most !== undefined && resolve(most, total) === 0) return `lets ${most} of ${total} pods go`
  if (least !== undefined && resolve(least, total) >= total) return `keeps ${least} of ${total} pods`
  return undefined
}

/** A number or a share, as text. */
const asBound = (value: unknown) => (typeof value === 'number' ? `${value}` : asText(value))

function resolve(bound: string, total: number): number {
  const number = Number.parseInt(bound, 10)
  return bound.endsWith('%') ? Math.ceil((number * total) / 100) : number
}

/** What each autoscaler never goes below, by what it scales. */
function indexAutoscalers(cluster: ClusterView): ReadonlyMap<string, unknown> {
  return new Map(
    cluster.objectsOf('HorizontalPodAutoscaler').map(({ object: { metadata, ...object } }) => {
      const target = read(object, 'spec', 'scaleTargetRef')
      return [
        key(metadata.namespace, read(target, 'kind'), read(target, 'name')),
        read(object, 'spec', 'minReplicas') ?? 1,
      ]
    }),
  )
}

const key = (...parts: readonly unknown[]) => JSON.stringify(parts)

/** Fewest pods that the owners run; undefined where one of them does not say, or where they run none. */
function countPods(fewest: ReadonlyMap<string, unknown>, pods: readonly Pod[]): number | undefined {
  const counts = pods.map(({ owner: { object } }) => {
    const { kind, metadata } = object
    if (!['Deployment', 'StatefulSet', 'ReplicaSet'].includes(kind)) return undefined
    const count = fewest.get(key(metadata.namespace, kind, metadata.name)) ?? read(object, 'spec', 'replicas')
    return typeof count === 'number' ? count : 1
  })
  const total = counts.reduce<number | undefined>(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    0,
  )
  return total === 0 ? undefined : total
}

/** The eviction API refuses a pod that more than one budget selects. */
function findDoubles(guarded: readonly Guarded[]) {
  const claims = guarded.flatMap(({ budget, pods }) => pods.map(({ owner }) => ({ budget, owner })))
  return [...groupBy(claims, ({ owner }) => describeObject(owner.object))].flatMap(
    ([owner, [first, ...more]]) =>
      more.map(({ budget }) =>
        complain(budget, {
          code: disruptionBudgetAllowsDrain.id,
          found: `${describeObject(budget.object)} selects the pods of ${owner}, as ${first === undefined ? 'another' : describeObject(first.budget.object)} does`,
          wanted: 'one budget for each pod, since a pod with two cannot be evicted',
          next: 'remove one of them, or narrow its selector',
        }),
      ),
  )
}
