import { findSkipped, type ApiCatalogue, type ChartSource } from '@opencore/contract'

/** A chart that cannot be compiled, and the API source that could not be reached. */
export interface LackingChart {
  chart: string
  source: string
}

/** The charts whose values refer to kinds of an unreachable API source, and the umbrellas of such charts. */
export function findLacking(
  charts: readonly ChartSource[],
  apis: Pick<ApiCatalogue, 'skipped'>,
): LackingChart[] {
  const own = charts.flatMap(({ name, schemaText }) => {
    const groups = [...schemaText.matchAll(/\bk8s:([a-z0-9.-]+)\/v/g)].map(([, group = '']) => group)
    const source = findSkipped(apis, ...groups)
    return source === undefined ? [] : [{ chart: name, source }]
  })
  const umbrellas = charts.flatMap(({ name, components }) => {
    const lacking = own.find(({ chart }) => components.some((component) => component.chart === chart))
    return lacking ? [{ chart: name, source: lacking.source }] : []
  })
  return [...own, ...umbrellas]
}
