import { formatBytes, groupBy, parseQuantity } from '@opencore/contract'
import { measureUse, type Use } from '../capacity/measure-use.ts'
import { asRecord, read } from '../read.ts'
import { complain, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** The API server's short names: pkg/quota/v1/evaluator/core/pods.go. */
const ALIASES: Readonly<Record<string, string>> = {
  cpu: 'requests.cpu',
  memory: 'requests.memory',
  'ephemeral-storage': 'requests.ephemeral-storage',
}

/** Releases that a message names: those that take most. */
const NAMED = 3

export const quotaFits: Rule = {
  id: 'QUOTA_EXCEEDED',
  reason:
    'Beyond a quota the API server refuses pods, Services and claims one by one, when an autoscaler or an update needs them.',
  check: (cluster) => {
    const uses = measureUse(cluster)
    return cluster.objectsOf('ResourceQuota').flatMap((quota) => {
      const { namespace = '' } = quota.object.metadata
      // A quota with scopes counts some pods only.
      if (read(quota.object, 'spec', 'scopes') ?? read(quota.object, 'spec', 'scopeSelector')) return []
      return Object.entries(asRecord(read(quota.object, 'spec', 'hard'))).flatMap(([resource, hard]) =>
        compare(quota, resource, hard, uses.get(namespace) ?? []),
      )
    })
  },
}

function compare(quota: RenderedObject, resource: string, hard: unknown, uses: readonly Use[]) {
  const name = ALIASES[resource] ?? resource
  const room = parseQuantity(hard)
  const needed = sumOf(name, uses)
  // Sums of thousandths of a core are not exact.
  if (room === undefined || needed <= room + 1e-9) return []
  const show = (value: number) => (/memory|storage$/.test(name) ? formatBytes(value) : String(round(value)))
  return [
    complain(quota, {
      code: quotaFits.id,
      found: `everything in ${quota.object.metadata.namespace ?? ''} takes ${show(needed)} of ${resource}: ${describe(name, uses, show)}`,
      wanted: `at most ${String(hard)}, the quota: ${show(needed - room)} too much with autoscalers at their most, every update surging, and what operators make`,
      next: `raise \`${resource}\` in the namespace's quota, or take less`,
    }),
  ]
}

function describe(name: string, uses: readonly Use[], show: (value: number) => string): string {
  const releases = [...groupBy(uses, ({ owner }) => owner.release)]
    .map(([release, own]) => ({ release, taken: sumOf(name, own) }))
    .filter(({ taken }) => taken > 0)
    .sort((a, b) => b.taken - a.taken || (a.release < b.release ? -1 : 1))
  const named = releases.slice(0, NAMED).map(({ release, taken }) => `${release} ${show(taken)}`)
  const others = releases.slice(NAMED)
  const rest = others.reduce((sum, { taken }) => sum + taken, 0)
  return [...named, ...(others.length > 0 ? [`${others.length} more ${show(rest)}`] : [])].join(', ')
}

function sumOf(name: string, uses: readonly Use[]): number {
  return uses.reduce((sum, { amounts }) => sum + (amounts.get(name) ?? 0), 0)
}

const round = (value: number) => Math.ceil(value * 1000 - 1e-6) / 1000
