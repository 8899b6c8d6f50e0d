import type { Position } from '@opencore/contract'
import { locateInLayer, type Layer, type LayerKind } from '../assemble/layer.ts'
import type { Json, Path } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { Contribution, MapNode, Node } from '../merge/node.ts'
import { nodeAt } from '../merge/visit.ts'

/** One layer's say in a value. */
export interface Step {
  layer: LayerKind
  /** What people call the layer: `tier production`. */
  title: string
  at: Position
  operator: Contribution['operator']
  /** What it says; none for `remove`. */
  value?: Json
  /**
   * `wins`: this is the value. `joins`: part of it, with others. `overridden`: a stronger layer says something else.
   * `removed`: a stronger layer took it away. The last two are dead: without them nothing would change here.
   * A default of the chart that layers set and then removed is back.
   */
  effect: 'wins' | 'joins' | 'overridden' | 'removed'
}

/** Every layer that said something about the value at `path`, strongest first. */
export function traceSteps(root: MapNode, path: Path, layers: readonly Layer[], locate: Locator): Step[] {
  const places = setterPlaces(root, path)
  const last = places.findLastIndex(({ operator }) => operator !== 'append' && operator !== 'mergeBy')
  const start = last === -1 ? 0 : last
  const alive = places.length - start
  const dead = places[start]?.operator === 'remove' ? 'removed' : 'overridden'
  return places
    .flatMap((place, index): Step[] => {
      const layer = layers[place.layer]
      if (!layer) return []
      const back = dead === 'removed' && layer.kind === 'chart'
      const effect = index < start && !back ? dead : alive > 1 ? 'joins' : 'wins'
      return [
        {
          layer: layer.kind,
          title: layer.title,
          at: locateInLayer(layer, place.path, locate),
          operator: place.operator,
          ...(place.value !== undefined && { value: place.value }),
          effect,
        },
      ]
    })
    .reverse()
}

/** What layers said at `path`, weakest first; also what was said there before a stronger layer took the place away. */
export function setterPlaces(root: MapNode, path: Path): Contribution[] {
  const above = path.flatMap((_step, depth) => {
    const node = nodeAt(root, path.slice(0, depth))
    return (node?.history ?? []).filter((said) => concerns(said, path))
  })
  const own = nodeAt(root, path)
  return [...above, ...ownHistory(own, path)].sort((a, b) => a.layer - b.layer)
}

function ownHistory(node: Node | undefined, path: Path): readonly Contribution[] {
  if (!node) return []
  if (node.type !== 'absent') return node.history
  return node.history.filter(
    (said) => said.operator === 'remove' || said.operator === 'replace' || isEqual(said.path, path),
  )
}

/** Whether something said higher up was about `path` itself, or took away what was there. */
function concerns({ path: said, operator }: Contribution, path: Path): boolean {
  if (operator === 'remove' || operator === 'replace') return isPrefix(said, path)
  return said.length === path.length && isEqual(said, path)
}

const isPrefix = (prefix: Path, path: Path) =>
  prefix.every((step, index) => String(step) === String(path[index]))
const isEqual = (a: Path, b: Path) => a.length === b.length && isPrefix(a, b)
