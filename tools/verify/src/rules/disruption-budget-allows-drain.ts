import { groupBy } from '@opencore/contract'
import { handsOver } from '@opencore/model'
import { createFewestCounter } from '../capacity/fewest-pods.ts'
import { indexByLabels } from '../label-index.ts'
import { readSelector } from '../label-selector.ts'
import type { ObjectView, OwnedObject } from '../object-view.ts'
import { isLasting, podOf, type Pod } from '../pods.ts'
import { asText, read } from '../read.ts'
import { complain, describeObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** A budget, and the pods that it selects. */
interface Guarded {
  budget: OwnedObject
  pods: readonly Pod[]
}

export const disruptionBudgetAllowsDrain: Rule = {
  id: 'DISRUPTION_BUDGET_BLOCKS_DRAIN',
  reason: 'Where no pod may ever go, or two budgets guard one pod, every drain of its node waits for ever.',
  check: (cluster) => {
    const guarded = listGuarded(cluster)
    return [...findDeadlocks(cluster, guarded), ...findDoubles(guarded)]
  },
}

/** Every budget with the pods that it selects, of releases and of operators. */
function listGuarded(cluster: ObjectView): Guarded[] {
  const pods = cluster.owned.flatMap(({ rendered }) => {
    const pod = podOf(rendered)
    return pod === undefined || !isLasting(pod) ? [] : pod
  })
  const indexes = new Map(
    [...groupBy(pods, ({ namespace }) => namespace)].map(([namespace, members]) => [
      namespace,
      indexByLabels(members),
    ]),
  )
  return cluster.owned
    .filter(({ rendered }) => rendered.object.kind === 'PodDisruptionBudget')
    .map((budget) => {
      const { metadata, spec } = budget.rendered.object
      const match = indexes.get(metadata.namespace ?? 'default')
      return { budget, pods: match?.(readSelector(read(spec, 'selector'))) ?? [] }
    })
}

/** Budgets that let no pod go, nor hand over what it does to one that they do not select. */
function findDeadlocks(cluster: ObjectView, guarded: readonly Guarded[]) {
  const count = createFewestCounter(cluster)
  return guarded.flatMap(({ budget, pods }) => {
    const { metadata, spec } = budget.rendered.object
    const counts = pods.map(({ owner }) => count(owner.object))
    // Where one does not say how many there are, nothing is known.
    const total = counts.reduce<number>((sum, each) => sum + (each ?? Number.NaN), 0)
    const problem = total > 0 ? describeDeadlock(spec, total) : undefined
    if (problem === undefined || read(metadata.annotations, handsOver) !== undefined) return []
    return complain(budget.owner, {
      code: disruptionBudgetAllowsDrain.id,
      found: `${describeBudget(budget)} ${problem}`,
      wanted: 'a budget that lets at least one pod go',
      next: 'set maxUnavailable to 1, run more pods, or leave the budget out',
    })
  })
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

/** The eviction API refuses a pod that more than one budget selects. */
function findDoubles(guarded: readonly Guarded[]) {
  const claims = guarded.flatMap(({ budget, pods }) =>
    pods.map((pod) => ({ budget, pods: describePods(pod) })),
  )
  const doubles = [...groupBy(claims, ({ pods }) => pods)].flatMap(([pods, [first, ...more]]) =>
    more.map(({ budget }) => ({ pods, budget, first: first?.budget ?? budget })),
  )
  // Operators make several pods of a kind, and each is named by itself.
  const pairs = groupBy(doubles, ({ budget, first }) => `${describeBudget(budget)} ${describeBudget(first)}`)
  return [...pairs.values()].flatMap(([double, ...others]) => {
    if (double === undefined) return []
    const { pods, budget, first } = double
    const more = others.length === 0 ? '' : ` and ${others.length} more`
    return complain(budget.owner, {
      code: disruptionBudgetAllowsDrain.id,
      found: `${describeBudget(budget)} selects ${pods}${more}, as ${describeBudget(first)} does`,
      wanted: 'one budget for each pod, since a pod with two cannot be evicted',
      next: 'remove one of them, or narrow its selector',
    })
  })
}

const describeBudget = ({ rendered, owner }: OwnedObject) =>
  rendered === owner
    ? describeObject(rendered.object)
    : `${describeObject(rendered.object)} (made of ${describeObject(owner.object)})`

const describePods = ({ owner: { object } }: Pod) =>
  `${object.kind === 'Pod' ? '' : 'the pods of '}${describeObject(object)}`
