import type { Manifest } from '@opencore/renderer'
import { readRules } from '../alerts/rule-file.ts'
import { listPanelQueries, readDashboards, type Asked } from '../dashboards/read-dashboards.ts'

export type { Asked }

/** Every query of the rules and dashboards of a release. */
export function listQueries(objects: readonly Manifest[]): Asked[] {
  return [
    ...readRules(objects).map(({ alert, record, expr }) => ({ by: alert ?? record ?? '', text: expr })),
    ...readDashboards(objects).flatMap(listPanelQueries),
  ]
}
