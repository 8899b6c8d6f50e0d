import type { JsonObject } from '../json.ts'
import type { Place } from '../locate/create-locator.ts'

/** Values that nobody wrote, and for each of them what it was derived from. */
export interface DerivedValues {
  values: JsonObject
  /** By formatted path, such as `network.egress.0`; deeper paths share it. */
  places: ReadonlyMap<string, Place>
}
