import { collect, readYaml, success, type Result } from '@opencore/contract'
import type { ChartLayers } from '../define/chart-layers.ts'
import type { Data } from '../define/data.ts'
import type { Environment } from '../define/environment.ts'
import type { Service } from '../define/service.ts'
import type { Place } from '../locate/create-locator.ts'
import type { Chart, PlatformInput } from './input.ts'
import type { Layer, LayerKind } from './layer.ts'
import type { Definition } from './read-definition.ts'
import type { Definitions } from './read-definitions.ts'

/** A release before anything is derived: its written layers, weakest first. */
export interface ReleaseSeed {
  environment: string
  name: string
  namespace: string
  chart: Chart
  layers: Layer[]
  /** The service it runs, or what of the data layer it is; none for a component. */
  service?: Definition<Service>
  data?: Definition<Data>
  /** Where derived values of unknown descent are said to come from. */
  graphPlace: Place
}

/** The chart that runs every service. */
const serviceChart = 'service'

/** The releases of one environment, ordered by name: one for each service, each part of the data layer and each component. */
export function listReleases(
  environment: Definition<Environment>,
  { data, defaults, services, tiers }: Definitions,
  { charts, overrides }: PlatformInput,
): Result<ReleaseSeed[]> {
  const wanted = [
    ...services.map((service) => ({
      name: service.value.name,
      namespace: service.value.namespace,
      chart: serviceChart,
      service,
      data: undefined,
    })),
    ...data.map((definition) => ({
      name: definition.value.name,
      namespace: definition.value.namespace,
      chart: definition.value.chart,
      service: undefined,
      data: definition,
    })),
    ...Object.entries(defaults.value.components).map(([name, component]) => ({
      name,
      ...component,
      service: undefined,
      data: undefined,
    })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1))
  const tier = tiers.find(({ value }) => value.name === environment.value.tier)

  return collect(
    wanted.flatMap(({ name, namespace, chart: chartName, service, data: definition }) => {
      const chart = charts.find((candidate) => candidate.name === chartName)
      if (!chart) return []
      const override = overrides.find(
        (file) => file.environment === environment.value.name && file.release === name,
      )
      const team = override ? readYaml(override.bytes, override.file) : success(undefined)
      if (!team.ok) return [team]
      const layers = [
        layer('chart', `chart ${chart.name}`, chart.contract.defaults, {
          file: `charts/${chart.name}/values.yaml`,
          path: [],
        }),
        layer(
          'defaults',
          'defaults',
          valuesFor(chartName, defaults.value.values),
          below(defaults.place, 'values', chartName),
        ),
        tier &&
          layer(
            'tier',
            `tier ${tier.value.name}`,
            valuesFor(chartName, tier.value.values),
            below(tier.place, 'values', chartName),
          ),
        service && layer('service', `service ${name}`, service.value.values, below(service.place, 'values')),
        definition &&
          layer('data', `data ${name}`, definition.value.values, below(definition.place, 'values')),
        layer(
          'environment',
          `environment ${environment.value.name}`,
          valuesFor(chartName, environment.value.values),
          below(environment.place, 'values', chartName),
        ),
        service &&
          layer(
            'environment-service',
            `${name} in ${environment.value.name}`,
            environment.value.services?.[name],
            below(environment.place, 'services', name),
          ),
        definition &&
          layer(
            'environment-data',
            `${name} in ${environment.value.name}`,
            environment.value.data?.[name],
            below(environment.place, 'data', name),
          ),
        override && layer('team', 'team override', team.value?.value, { file: override.file, path: [] }),
      ].filter((candidate) => candidate !== undefined)
      const graphPlace = service ? below(service.place, 'uses') : (definition?.place ?? environment.place)
      return [
        success({
          environment: environment.value.name,
          name,
          namespace,
          chart,
          layers,
          graphPlace,
          ...(service && { service }),
          ...(definition && { data: definition }),
        }),
      ]
    }),
  )
}

function layer(
  kind: LayerKind,
  title: string,
  values: Layer['values'] | undefined,
  place: Place,
): Layer | undefined {
  return values && { kind, title, values, place }
}

function below(place: Place, ...path: string[]): Place {
  return { ...place, path: [...place.path, ...path] }
}

/** A layer's values for a chart by name; a layer file may name charts that the compiler has not seen. */
function valuesFor(chart: string, layers: ChartLayers = {}): Layer['values'] | undefined {
  return (layers as Partial<Record<string, Layer['values']>>)[chart]
}
