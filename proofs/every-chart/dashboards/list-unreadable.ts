import type { Dashboard, Panel } from './read-dashboards.ts'

/**
 * What makes a panel hard to read, of what a schema allows: the rules of Grafana's own linter
 * (https://github.com/grafana/dashboard-linter, docs/rules) that concern one who reads, and a legend of each query.
 */
export function listUnreadable({ id, panels }: Dashboard): string[] {
  const shown = panels.filter(({ type }) => type !== 'row')
  const ids = panels.map((panel) => panel.id)
  return [
    ...shown.flatMap((panel) => missing(panel).map((what) => `${id}: ${panel.title ?? ''} has no ${what}`)),
    ...shown.flatMap((panel, index) =>
      shown
        .slice(index + 1)
        .filter((other) => overlaps(panel, other))
        .map((other) => `${id}: ${panel.title ?? ''} lies over ${other.title ?? ''}`),
    ),
    ...(new Set(ids).size === ids.length ? [] : [`${id}: two panels have one id`]),
    ...(shown.length === 0 ? [`${id} shows nothing`] : []),
  ]
}

function missing({ title, description, targets = [], fieldConfig }: Panel): string[] {
  const { unit, thresholds } = fieldConfig?.defaults ?? {}
  const parts = {
    title,
    description,
    unit,
    query: targets.length > 0,
    legend: targets.every(({ legendFormat }) => legendFormat),
    thresholds: thresholds?.steps[0]?.value === null,
  }
  return Object.entries(parts).flatMap(([what, has]) => (has ? [] : what))
}

function overlaps({ gridPos: one }: Panel, { gridPos: other }: Panel): boolean {
  const apart = one.x + one.w <= other.x || other.x + other.w <= one.x
  return !apart && one.y < other.y + other.h && other.y < one.y + one.h
}
