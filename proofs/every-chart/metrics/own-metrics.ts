import type { Manifest } from '@opencore/renderer'
import { parse } from 'yaml'
import { readRules } from '../alerts/rule-file.ts'
import { joinInventories, type Inventory } from './read-inventories.ts'

interface OwnQuery {
  metrics: readonly Readonly<Record<string, { usage: string }>>[]
}

/**
 * What a release exports or records itself: its recording rules, and its queries of PostgreSQL, which CloudNativePG names
 * `cnpg_<query>_<column>` (pkg/management/postgres/metrics/collector.go, 1.30).
 */
export function listOwnMetrics(objects: readonly Manifest[]): Inventory {
  const records = readRules(objects).flatMap(({ record, labels = {} }) =>
    record === undefined ? [] : [[record, Object.keys(labels)] as const],
  )
  const queries = objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ data }) => {
      const { 'queries.yaml': text } = (data ?? {}) as Record<string, string>
      return text === undefined ? [] : Object.entries(parse(text) as Record<string, OwnQuery>)
    })
    .flatMap(([name, { metrics }]) => {
      const columns = metrics.flatMap((column) => Object.entries(column))
      const labels = columns.flatMap(([column, { usage }]) => (usage === 'LABEL' ? column : []))
      return columns.flatMap(([column, { usage }]) =>
        usage === 'LABEL' ? [] : [[`cnpg_${name}_${column}`, labels] as const],
      )
    })
  return joinInventories([...records, ...queries])
}
