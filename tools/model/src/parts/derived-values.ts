import { mergeValues } from '@opencore/contract'
import { formatPath } from '../format-path.ts'
import type { Json, JsonObject, Path } from '../json.ts'
import type { Place } from '../locate/create-locator.ts'

/** Values that nobody wrote, and for each of them what it was derived from. */
export interface DerivedValues {
  values: JsonObject
  /** By formatted path, such as `network.egress.0`; deeper paths share it. */
  places: ReadonlyMap<string, Place>
}

/** Nothing follows. */
export const nothing: DerivedValues = { values: {}, places: new Map() }

/** One value at a path, and what it was derived from. */
export function derive(path: Path, value: Json, place: Place): DerivedValues {
  const values = path.reduceRight<Json>((inner, step) => ({ [step]: inner }), value) as JsonObject
  return { values, places: new Map([[formatPath(path), place]]) }
}

/** Several together; what stands later wins. */
export function joinDerived(parts: readonly DerivedValues[]): DerivedValues {
  return {
    values: parts.reduce<JsonObject>((below, { values }) => mergeValues(below, values) as JsonObject, {}),
    places: new Map(parts.flatMap(({ places }) => [...places])),
  }
}
