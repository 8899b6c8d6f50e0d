import type { Finding } from '@opencore/contract'
import { locateSetter } from '../assemble/locate-setter.ts'
import { mergeRelease } from '../assemble/merge-release.ts'
import type { Release } from '../assemble/platform.ts'
import { parsePath } from '../format-path.ts'
import type { Path } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { MapNode } from '../merge/node.ts'
import { nodeAt } from '../merge/visit.ts'
import { chartLayer } from '../merge/written-values.ts'

/** Where the value at a path was set; of what nobody set, where the nearest thing around it was. */
export function locatePath(release: Release, path: Path, locate: Locator): Finding['at'] {
  return locateSetter(release, mergeRelease(release), path, locate)
}

/** The layers that speak of one release alone. */
const own = ['service', 'image', 'data', 'environment-service', 'environment-data', 'team']

/** Says whether the value at a path was set for this release, and not for all of its kind. */
export function findOwnValues(release: Release): (path: Path) => boolean {
  const root = mergeRelease(release)
  return (path) => isOwn(release, root, path)
}

function isOwn({ layers }: Release, root: MapNode, path: Path): boolean {
  const said = nodeAt(root, path)?.history.findLast(({ layer }) => layer !== chartLayer)
  return own.includes(layers[said?.layer ?? chartLayer]?.kind ?? '')
}

/**
 * Where a message of a chart sends people: to the first value that it names and that was set for the release alone, since
 * what is set for all fits the others; to the first that any layer set; or to the first that it names. Messages begin with a key of the values; later ones are known by their dots.
 */
export function locateNamedValue(release: Release, message: string, locate: Locator): Finding['at'] {
  const root = mergeRelease(release)
  const named = listPaths(message, Object.keys(release.chart.contract.schema.properties ?? {}))
  const path = named.find((one) => isOwn(release, root, one)) ?? named.find((one) => isSet(root, one))
  return locateSetter(release, root, path ?? named[0] ?? [], locate)
}

function listPaths(message: string, keys: readonly string[]): Path[] {
  return message
    .split(/[\s,;:()"`]+/)
    .filter((word, index) => index === 0 || word.includes('.'))
    .map((word) => parsePath(word))
    .filter(([first]) => first !== undefined && keys.includes(first))
}

function isSet(root: MapNode, path: Path): boolean {
  return nodeAt(root, path)?.history.some(({ layer }) => layer !== chartLayer) ?? false
}
