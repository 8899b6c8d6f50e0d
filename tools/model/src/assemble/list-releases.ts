import { collect, success, type Result } from '@opencore/contract'
import type { Definition } from '../definition.ts'
import type { Data } from '../define/data.ts'
import type { Service } from '../define/service.ts'
import type { Place } from '../locate/create-locator.ts'
import { serviceChart } from '../parts/index.ts'
import type { EnvironmentSources } from './environment-sources.ts'
import type { Chart } from './input.ts'
import type { Layer } from './layer.ts'
import { listLayers } from './list-layers.ts'
import type { Definitions } from './read-definitions.ts'
import type { WantedRelease } from './wanted-release.ts'

/** A release before anything is derived: its written layers, weakest first. */
export interface ReleaseSeed {
  environment: string
  name: string
  team: string
  namespace: string
  chart: Chart
  layers: Layer[]
  definition?: Definition<Service> | Definition<Data>
  /** Where derived values of unknown descent are said to come from. */
  graphPlace: Place
}

/** The releases of one environment, ordered by name: one for each service and data that is in it, and each component. */
export function listReleases(sources: EnvironmentSources): Result<ReleaseSeed[]> {
  const { environment, definitions, charts, overrides } = sources
  return collect(
    listWanted(definitions).flatMap((wanted) => {
      const chart = charts.find((candidate) => candidate.name === wanted.chart)
      if (!chart) return []
      const layers = listLayers(wanted, chart, environment, definitions, overrides)
      if (!layers.ok) return [layers]
      const { name, team, namespace, definition } = wanted
      return [
        success({
          environment: environment.value.name,
          name,
          team,
          namespace,
          chart,
          layers: layers.value,
          graphPlace: placeOfUses(definition) ?? {
            ...definitions.defaults.place,
            path: ['components', name],
          },
          ...(definition && { definition }),
        }),
      ]
    }),
  )
}

function listWanted({ data, defaults, services }: Definitions): WantedRelease[] {
  return [
    ...services.map((definition): WantedRelease => {
      const { name, team, namespace } = definition.value
      return { name, team, namespace, chart: serviceChart, definition, layer: 'service' }
    }),
    ...data.map((definition): WantedRelease => {
      const { name, team, namespace, chart } = definition.value
      return { name, team, namespace, chart, definition, layer: 'data' }
    }),
    ...Object.entries(defaults.value.components).map(([name, component]): WantedRelease => ({
      name,
      team: defaults.value.team,
      ...component,
      layer: 'service',
    })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A service's values follow from its `uses`. */
function placeOfUses(definition: ReleaseSeed['definition']): Place | undefined {
  if (!definition || !('uses' in definition.value)) return definition?.place
  return { ...definition.place, path: ['uses'] }
}
