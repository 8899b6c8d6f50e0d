import { readYaml, success, type Result } from '@opencore/contract'
import type { Definition } from '../definition.ts'
import type { ChartLayers } from '../define/chart-layers.ts'
import type { Environment } from '../define/environment.ts'
import type { Image } from '../define/image.ts'
import type { Place } from '../locate/create-locator.ts'
import type { Chart, PlatformInput } from './input.ts'
import type { Layer, LayerKind } from './layer.ts'
import type { Definitions } from './read-definitions.ts'
import type { WantedRelease } from './wanted-release.ts'

/** Where an environment says what holds for one release: services and data stand apart there. */
const sections = { service: 'services', data: 'data' } as const

/** What was written for one release, weakest first, from the chart's defaults to the team's file. */
export function listLayers(
  { name, definition, layer: own }: WantedRelease,
  chart: Chart,
  environment: Definition<Environment>,
  { defaults, images, tiers }: Definitions,
  overrides: PlatformInput['overrides'],
): Result<Layer[]> {
  const { value: home } = environment
  const tier = tiers.find(({ value }) => value.name === home.tier)
  const override = overrides.find((file) => file.environment === home.name && file.release === name)
  const team = override ? readYaml(override.bytes, override.file) : success(undefined)
  if (!team.ok) return team
  const image = own === 'service' ? images.get(name) : undefined
  const ofChart = (kind: LayerKind, title: string, { value, place }: Definition<{ values?: ChartLayers }>) =>
    layer(kind, title, valuesFor(chart.name, value.values), below(place, 'values', chart.name))
  const layers = [
    layer('chart', `chart ${chart.name}`, chart.contract.defaults, {
      file: `charts/${chart.name}/values.yaml`,
      path: [],
    }),
    ofChart('defaults', 'defaults', defaults),
    tier && ofChart('tier', `tier ${tier.value.name}`, tier),
    definition && layer(own, `${own} ${name}`, definition.value.values, below(definition.place, 'values')),
    definition && image && imageLayer(name, image, definition.place),
    ofChart('environment', `environment ${home.name}`, environment),
    definition &&
      layer(
        `environment-${own}`,
        `${name} in ${home.name}`,
        home[sections[own]]?.[name],
        below(environment.place, sections[own], name),
      ),
    override && layer('team', 'team override', team.value?.value, { file: override.file, path: [] }),
  ]
  return success(layers.filter((candidate) => candidate !== undefined))
}

/** Its two keys stand in the service's image file; whatever else `image` lacks, the definition lacks. */
function imageLayer(name: string, image: Definition<Image>, definition: Place): Layer {
  const places = Object.keys(image.value).map((key) => [`image.${key}`, below(image.place, key)] as const)
  const place = below(definition, 'values')
  return {
    kind: 'image',
    title: `image of ${name}`,
    values: { image: image.value },
    place,
    places: new Map(places),
  }
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
