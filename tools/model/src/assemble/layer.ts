import type { Position } from '@opencore/contract'
import { formatPath } from '../format-path.ts'
import type { Path } from '../json.ts'
import type { Locator, Place } from '../locate/create-locator.ts'

/** The sources of values, weakest first. */
export type LayerKind =
  | 'chart'
  | 'defaults'
  | 'tier'
  | 'service'
  | 'data'
  | 'image'
  | 'environment'
  | 'environment-service'
  | 'environment-data'
  | 'graph'
  | 'team'

/** One source of values for one release. */
export interface Layer {
  kind: LayerKind
  /** What people call it: `tier production`. */
  title: string
  values: Readonly<Record<string, unknown>>
  /** Where its values begin. */
  place: Place
  /** For derived values: where what they are derived from stands, by formatted path; deeper paths share it. */
  places?: ReadonlyMap<string, Place>
}

/** Where a layer's value at `path` stands in its source. */
export function locateInLayer({ place, places }: Layer, path: Path, locate: Locator): Position {
  for (let length = path.length; places && length > 0; length--) {
    const origin = places.get(formatPath(path.slice(0, length)))
    if (origin) return locate(origin)
  }
  return locate({ ...place, path: [...place.path, ...path] })
}
