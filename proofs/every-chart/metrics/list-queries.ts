import type { Manifest } from '@opencore/renderer'
import { readRules } from '../alerts/rule-file.ts'

/** A query, and who asks it. */
export interface Asked {
  by: string
  text: string
}

/** Every query of the rules and dashboards of a release. */
export function listQueries(objects: readonly Manifest[]): Asked[] {
  return [
    ...readRules(objects).map(({ alert, record, expr }) => ({ by: alert ?? record ?? '', text: expr })),
    ...objects.flatMap(({ kind, metadata, data }) =>
      kind === 'ConfigMap'
        ? Object.entries((data ?? {}) as Record<string, string>).flatMap(([file, text]) =>
            file.endsWith('.json')
              ? listPanels(JSON.parse(text)).map((expr) => askedBy(metadata, file, expr))
              : [],
          )
        : [],
    ),
  ]
}

/** Grafana's variables stand for durations. */
const askedBy = (metadata: unknown, file: string, expr: string): Asked => ({
  by: `${(metadata as { name: string }).name} ${file}`,
  text: expr.replaceAll(/\$__\w+|\$\w+/g, '5m'),
})

function listPanels(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'expr' in value && typeof value.expr === 'string' ? [value.expr] : []
  return [...own, ...Object.values(value).flatMap(listPanels)]
}
