import type { Finding } from '@opencore/contract/findings'
import type { Path } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import { nodeAt } from '../merge/visit.ts'
import { locateInLayer } from './layer.ts'
import { mergeRelease } from './merge-release.ts'
import type { Release } from './platform.ts'

/** Where the value of a release at a path was set, by the layer that won. */
export function locateInRelease(release: Release, path: Path, locate: Locator): Finding['at'] {
  const said = nodeAt(mergeRelease(release), path)?.history.at(-1)
  const layer = said && release.layers[said.layer]
  return layer ? locateInLayer(layer, said.path, locate) : { file: 'environments' }
}
