import type { Data } from '../define/data.ts'
import type { Service } from '../define/service.ts'
import { readUse } from '../define/use.ts'
import type { Definition } from '../assemble/read-definition.ts'
import { formatPath } from '../format-path.ts'
import { isList, isMap, type Json, type JsonObject, type Path } from '../json.ts'
import type { Place } from '../locate/create-locator.ts'
import { toJson } from '../merge/build-node.ts'
import { mergeLayers } from '../merge/merge-layers.ts'
import type { DataRelease } from './data/data-kind.ts'
import { dataKinds } from './data/index.ts'
import type { DerivedValues } from './derived-values.ts'

/**
 * The users of a release of the data layer that follow from services: one for each that says it uses the release, with
 * the rights that it says. What the release's own values say of the same user wins.
 * @param release with the values that layers set, before any user is derived
 */
export function deriveGrants(
  { value }: Definition<Data>,
  release: DataRelease,
  services: readonly Definition<Service>[],
): DerivedValues {
  const users = dataKinds[value.chart].users?.(release)
  if (!users) return { values: {}, places: new Map() }
  const grants = services.flatMap(({ value: service, place }) => {
    const use = readUse(service.uses?.[value.chart])
    if (use?.name !== value.name) return []
    const path = [...users.path, service.name]
    return [{ path, rights: use.rights as Json, place: { ...place, path: ['uses', value.chart] } }]
  })
  const layers = grants.map(({ path, rights }) =>
    path.reduceRight<Json>((inner, key) => ({ [key]: inner }), rights),
  )
  return {
    values: toJson(mergeLayers(layers as JsonObject[])) as JsonObject,
    places: new Map(grants.flatMap(({ path, rights, place }) => placesOf(rights, path, place))),
  }
}

/** Everything inside a grant stands at the same path inside the use. */
function placesOf(value: unknown, path: Path, place: Place): [string, Place][] {
  const inner = isMap(value)
    ? Object.entries(value)
    : isList(value)
      ? value.map((item, at) => [at, item] as const)
      : []
  return [
    [formatPath(path), place],
    ...inner.flatMap(([step, item]) =>
      placesOf(item, [...path, step], { ...place, path: [...place.path, step] }),
    ),
  ]
}
