import { mergeLayers } from '../merge/merge-layers.ts'
import type { MapNode } from '../merge/node.ts'
import type { Layer } from './layer.ts'

/**
 * The merged values of a release with the origin of each. A platform keeps layers and written values only:
 * origins are worked out again for the few releases that somebody asks about.
 */
export function mergeRelease({ layers }: { layers: readonly Layer[] }): MapNode {
  return mergeLayers(layers.map(({ values }) => values))
}
