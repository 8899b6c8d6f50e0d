import type { Finding } from '@opencore/contract/findings'
import type { Path } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { MapNode } from '../merge/node.ts'
import { nodeAt } from '../merge/visit.ts'
import { chartLayer } from '../merge/written-values.ts'
import { locateInLayer } from './layer.ts'
import type { Release } from './platform.ts'

/** Where the value at `path` was set; of what nobody set, where the nearest thing around it was. */
export function locateSetter(
  { layers }: Pick<Release, 'layers'>,
  root: MapNode,
  path: Path,
  locate: Locator,
): Finding['at'] {
  for (let length = path.length; length > 0; length--) {
    const said = nodeAt(root, path.slice(0, length))?.history.findLast(({ layer }) => layer !== chartLayer)
    const layer = said && layers[said.layer]
    if (said && layer) return locateInLayer(layer, said.path, locate)
  }
  const own =
    layers.find(({ kind }) => kind === 'service' || kind === 'data') ??
    layers.find(({ kind }) => kind === 'defaults')
  return own ? locateInLayer(own, [], locate) : { file: 'environments' }
}
