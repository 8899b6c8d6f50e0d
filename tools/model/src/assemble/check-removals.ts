import type { Finding } from '@opencore/contract'
import { formatPath } from '../format-path.ts'
import type { Path } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { MapNode, Node } from '../merge/node.ts'
import { chartLayer } from '../merge/written-values.ts'
import { locateInLayer, type Layer } from './layer.ts'

/**
 * `remove()` and `replace()` reach what layers set. Where only the chart set something it stays, because Helm merges
 * the values file over the chart's defaults. Finding: `REMOVE_DEFAULT`.
 */
export function checkRemovals(root: MapNode, layers: readonly Layer[], locate: Locator): Finding[] {
  return findVainRemovals(root, []).flatMap(({ path, node }): Finding[] => {
    const removal = node.history.at(-1)
    const layer = removal && layers[removal.layer]
    if (!layer) return []
    return [
      {
        code: 'REMOVE_DEFAULT',
        severity: 'error',
        at: locateInLayer(layer, removal.path, locate),
        found: `\`${formatPath(path)}\` is ${removal.operator === 'remove' ? 'removed' : 'replaced'}, but only the chart sets it`,
        wanted: 'a value that switches it off; a default of the chart cannot be taken away',
        next: `set \`${formatPath(path)}\`, or take this out`,
      },
    ]
  })
}

function findVainRemovals(node: Node, path: Path): { path: Path; node: Node }[] {
  // Below what one layer alone speaks of there is nothing that it could take away from another.
  if (node.history.length === 1) return []
  if (node.type === 'map')
    return [...node.entries].flatMap(([key, entry]) => findVainRemovals(entry, [...path, key]))
  if (node.type !== 'absent') return []
  const set = node.history.filter(({ operator }) => operator === 'set')
  return set.length > 0 && set.every(({ layer }) => layer === chartLayer) ? [{ path, node }] : []
}
