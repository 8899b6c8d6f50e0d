import type { Manifest } from '@opencore/renderer'
import type { Asked } from './list-queries.ts'
import { listOwnMetrics } from './own-metrics.ts'
import type { Inventory } from './read-inventories.ts'
import { readQuery } from './read-query.ts'
import { listTargetLabels } from './target-labels.ts'

/**
 * What queries ask for and nobody has: metrics by name, labels of them, and labels to group or join by.
 * @param objects the release that asks: what it records itself, and what its monitors add
 */
export function listUnknown(
  queries: readonly Asked[],
  objects: readonly Manifest[],
  inventories: Inventory,
): string[] {
  const own = listOwnMetrics(objects)
  const target = listTargetLabels(objects)
  return queries.flatMap(({ by, text }) => {
    const { selectors, groups } = readQuery(text)
    const known = selectors.map(({ metric, labels }) => {
      const keys = own.get(metric) ?? inventories.get(metric)
      return { metric, labels, has: keys && new Set([...keys, ...target, ...exported(keys, target)]) }
    })
    const all = new Set(known.flatMap(({ has }) => [...(has ?? [])]))
    return [
      ...known.flatMap(({ metric, has }) => (has ? [] : `${by} asks for ${metric}`)),
      ...known.flatMap(({ metric, labels, has }) =>
        labels.filter((label) => has && !has.has(label)).map((label) => `${by} asks for ${metric}{${label}}`),
      ),
      ...groups.filter((label) => !all.has(label)).map((label) => `${by} groups by ${label}`),
    ]
  })
}

/** What Prometheus calls labels of an exporter that have the name of one of the target's, without `honorLabels`. */
const exported = (keys: ReadonlySet<string>, target: ReadonlySet<string>) =>
  [...keys].filter((key) => target.has(key)).map((key) => `exported_${key}`)
