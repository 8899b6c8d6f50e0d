import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml'
import type { Position } from './finding.ts'
import { fromPointer } from './pointer.ts'

/** Where the key (or list item) at a JSON Pointer stands; of what is not there, the nearest part above it. */
export type Locate = (pointer: string) => Position

/**
 * Positions in one parsed document, through aliases and merge keys.
 * @param lines the counter that the document was parsed with
 * @param file what a position calls the document
 */
export function createLocator(document: Document, lines: LineCounter, file: string): Locate {
  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node)

  function enter(node: unknown, segment: string): { at: Node; value: unknown } | undefined {
    const inside = resolve(node)
    if (isSeq(inside)) {
      const item = inside.items[Number(segment)] as Node | undefined
      return item && { at: item, value: item }
    }
    return isMap(inside) ? enterMap(inside as YAMLMap<Node, Node | null>, segment) : undefined
  }

  function enterMap(
    map: YAMLMap<Node, Node | null>,
    segment: string,
  ): { at: Node; value: unknown } | undefined {
    const pair = map.items.find((item) => keyOf(item) === segment)
    if (pair) return { at: pair.key, value: pair.value }
    const merged = map.items.filter((item) => keyOf(item) === '<<').map(({ value }) => resolve(value))
    const maps = merged.flatMap((value) => (isSeq(value) ? value.items : [value]))
    return maps.map((value) => enter(value, segment)).find((found) => found !== undefined)
  }

  return (pointer) => {
    let node: unknown = document.contents
    let at: Node | null = document.contents
    for (const segment of fromPointer(pointer)) {
      const step = enter(node, segment)
      if (!step) break
      at = step.at
      node = step.value
    }
    const offset = at?.range?.[0]
    if (offset === undefined) return { file, line: 1, column: 1 }
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
}

const keyOf = ({ key }: Pair<Node>) => (isScalar(key) ? String(key.value) : undefined)
