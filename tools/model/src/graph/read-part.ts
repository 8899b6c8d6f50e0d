import { mergeValues } from '@opencore/contract'
import type { Definition } from '../definition.ts'
import type { Data } from '../define/data.ts'
import type { Service } from '../define/service.ts'
import type { JsonObject } from '../json.ts'
import type { Place } from '../locate/create-locator.ts'
import type { DerivedValues } from '../parts/derived-values.ts'
import { isDataChart, serviceChart } from '../parts/index.ts'
import type { Exposure, ExternalUse, OwnSecret, Part, Use } from '../parts/part.ts'
import { textAt } from '../read-value.ts'

/** A release before the graph sees it. */
interface Source {
  name: string
  namespace: string
  /** Name of its chart. */
  kind: string
  team: Definition<string>
  /** Where it is defined. */
  place: Place
  /** What defines it; a component has none. */
  definition?: Definition<Service> | Definition<Data>
}

/**
 * A release as the graph sees it. Its objects have its name unless `fullnameOverride` says otherwise.
 * @param values the chart's defaults with all that layers set over them
 */
export function readPart(
  { name, namespace, kind, team, place, definition }: Source,
  values: JsonObject,
): Part {
  return {
    name,
    kind,
    namespace,
    team,
    objects: textAt(values, 'fullnameOverride') ?? name,
    values,
    place,
    uses: definition ? readUses(definition) : [],
    external: definition ? readExternal(definition) : [],
    secrets: definition ? readSecrets(definition) : [],
    exposes: definition ? readExposure(definition) : {},
  }
}

/** The same part with the users that services bring; what layers set of them wins. */
export function withGrants(
  part: Part,
  grants: DerivedValues,
  defaults: JsonObject,
  written: JsonObject,
): Part {
  if (Object.keys(grants.values).length === 0) return part
  const values = [grants.values, written].reduce<JsonObject>(
    (below, above) => mergeValues(below, above) as JsonObject,
    defaults,
  )
  return { ...part, values }
}

/** What a definition says that it uses, services first; a map in the long form holds the rights. */
export function readUses({ value, place }: Definition<Service> | Definition<Data>): Use[] {
  const uses = usesOf(value)
  const services = (uses.services ?? []).map((use, index) => ({
    kind: serviceChart,
    ...readUse(use),
    place: { ...place, path: ['uses', 'services', index] },
  }))
  const data = Object.keys(uses)
    .filter(isDataChart)
    .flatMap((kind) => {
      const use = uses[kind]
      return use === undefined ? [] : { kind, ...readUse(use), place: { ...place, path: ['uses', kind] } }
    })
  return [...services, ...data]
}

function readUse(use: string | { readonly name: string }): Pick<Use, 'to' | 'rights'> {
  if (typeof use === 'string') return { to: use, rights: {} }
  const { name, ...rights } = use
  return { to: name, rights }
}

function readExternal({ value, place }: Definition<Service> | Definition<Data>): ExternalUse[] {
  const { external = [] } = usesOf(value)
  return external.map((use, index) => ({ ...use, place: { ...place, path: ['uses', 'external', index] } }))
}

function readSecrets({ value, place }: Definition<Service> | Definition<Data>): OwnSecret[] {
  return Object.entries(usesOf(value).secrets ?? {}).map(([name, { keys }]) => ({
    name,
    keys,
    place: { ...place, path: ['uses', 'secrets', name] },
  }))
}

const usesOf = (value: Service | Data): NonNullable<Service['uses']> =>
  'uses' in value ? (value.uses ?? {}) : {}

function readExposure({ value, place }: Definition<Service> | Definition<Data>): Exposure {
  const { edge, metrics } = 'exposes' in value ? (value.exposes ?? {}) : {}
  return {
    ...(edge && { edge: { value: edge, place: { ...place, path: ['exposes', 'edge'] } } }),
    ...(metrics && { metrics: { ...place, path: ['exposes', 'metrics'] } }),
  }
}
