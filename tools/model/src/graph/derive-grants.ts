import { formatPath } from '../format-path.ts'
import { isList, isMap, type Json, type JsonObject, type Path } from '../json.ts'
import type { Place } from '../locate/create-locator.ts'
import { toJson } from '../merge/build-node.ts'
import { mergeLayers } from '../merge/merge-layers.ts'
import { nothing, type DerivedValues } from '../parts/derived-values.ts'
import { partKindOf } from '../parts/index.ts'
import type { Part } from '../parts/part.ts'

/**
 * The users of a part that follow from services: one for each that says it uses the part, with the rights that it says.
 * What the part's own values say of the same user wins.
 * @param part with the values that layers set, before any user is derived
 */
export function deriveGrants(part: Part, parts: readonly Part[]): DerivedValues {
  const users = partKindOf(part.kind).users?.(part)
  if (!users) return nothing
  const grants = parts.flatMap((client) =>
    client.uses
      .filter(({ kind, to }) => kind === part.kind && to === part.name)
      .map(({ rights, place }) => ({ path: [...users.path, client.name], rights: rights as Json, place })),
  )
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
