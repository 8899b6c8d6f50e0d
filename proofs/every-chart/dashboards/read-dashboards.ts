import type { Manifest } from '@opencore/renderer'

/** A panel of Grafana's classic form, as far as queries and readers are concerned. */
export interface Panel {
  id: number
  type: string
  title?: string
  description?: string
  gridPos: { x: number; y: number; w: number; h: number }
  targets?: { expr: string; legendFormat?: string }[]
  fieldConfig?: { defaults: { unit?: string; thresholds?: { steps: { value: number | null }[] } } }
}

export interface Dashboard {
  /** `<ConfigMap>/<key>`. */
  id: string
  /** Whether the chart wrote it; a team may bring others. */
  isOwn: boolean
  /** As the ConfigMap has it. */
  text: string
  panels: Panel[]
}

/** A query of a panel, with a duration for each of Grafana's variables, and who asks it. */
export interface Asked {
  by: string
  text: string
}

/** The dashboards among the objects of a release: JSON files of ConfigMaps that have panels. */
export function readDashboards(objects: readonly Manifest[]): Dashboard[] {
  return objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ metadata, data }) =>
      Object.entries((data ?? {}) as Record<string, string>)
        .filter(([file]) => file.endsWith('.json'))
        .flatMap(([file, text]) => {
          const { panels, tags = [] } = JSON.parse(text) as { panels?: Panel[]; tags?: string[] }
          const id = `${(metadata as { name: string }).name}/${file}`
          return panels ? [{ id, text, panels, isOwn: tags.includes('opencore') }] : []
        }),
    )
}

/** What the panels of a dashboard ask. */
export function listPanelQueries({ id, panels }: Dashboard): Asked[] {
  return panels.flatMap(({ title = '', targets = [] }) =>
    targets.map(({ expr, legendFormat = '' }) => ({
      by: `${id}: ${title}, ${legendFormat}`,
      text: expr.replaceAll(/\$__\w+|\$\w+/g, '5m'),
    })),
  )
}
