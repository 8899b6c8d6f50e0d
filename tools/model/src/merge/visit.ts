import type { Path } from '../json.ts'
import type { MapNode, Node } from './node.ts'

/** A value of a merged release; without a node where no layer speaks of it. */
export interface Visited {
  path: Path
  node?: Node
}

/** The values at and below `path`: itself where it is a scalar, a list or nothing; what a map holds, at any depth. */
export function visit(root: MapNode, path: Path): Visited[] {
  const node = nodeAt(root, path)
  return node ? visitBelow(node, path) : [{ path }]
}

function visitBelow(node: Node, path: Path): Visited[] {
  if (node.type !== 'map' || node.entries.size === 0) return [{ path, node }]
  return [...node.entries].flatMap(([key, entry]) => visitBelow(entry, [...path, key]))
}

/** The node at a path, through maps and lists. */
export function nodeAt(root: Node, path: Path): Node | undefined {
  return path.reduce<Node | undefined>((node, step) => {
    if (node?.type === 'map') return node.entries.get(String(step))
    return node?.type === 'list' ? node.items[Number(step)] : undefined
  }, root)
}
