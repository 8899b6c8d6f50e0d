import { isMergeOperator, operator, type MergeBy, type MergeOperator } from '@opencore/contract'
import { isMap } from '../json.ts'
import { buildNode, contribution, inside, type Origin } from './build-node.ts'
import type { ListNode, MapNode, Node } from './node.ts'

/**
 * Merge layers of values, weakest first, and remember for every value which layers set it, where, and how.
 * Maps merge key by key; lists and scalars replace what is below. Operators change that:
 * `append()` adds items, `mergeBy(key)` merges items that agree in `key` and adds the others,
 * `replace()` puts a map in the place of a map, `remove()` takes away what weaker layers set.
 * Pure and total: any JSON with operators merges; whether the outcome makes sense is the schema's business.
 */
export function mergeLayers(layers: readonly Record<string, unknown>[]): MapNode {
  const [weakest = {}, ...stronger] = layers
  return stronger.reduce<MapNode>((base, values, index) => {
    const merged = mergeValue(base, values, { layer: index + 1, path: [], operator: 'set' })
    return merged.type === 'map' ? merged : base
  }, firstNode(weakest))
}

/** A chart's defaults are the weakest layer of all its releases, and the largest. */
const firstNodes = new WeakMap<object, MapNode>()

function firstNode(values: Record<string, unknown>): MapNode {
  const known = firstNodes.get(values)
  if (known) return known
  const nothing: MapNode = { type: 'map', entries: new Map(), history: [] }
  const merged = mergeValue(nothing, values, { layer: 0, path: [], operator: 'set' })
  const node = merged.type === 'map' ? merged : nothing
  firstNodes.set(values, node)
  return node
}

function mergeValue(base: Node | undefined, value: unknown, origin: Origin): Node {
  if (base === undefined) return buildNode(value, origin)
  if (isMergeOperator(value)) return applyOperator(base, value, origin)
  if (base.type === 'map' && isMap(value)) return mergeMap(base, value, origin)
  return succeed(base, buildNode(value, origin), origin)
}

/** Operators on lists that meet something else give their items: the schema then says what is wrong. */
function applyOperator(base: Node, value: MergeOperator, origin: Origin): Node {
  switch (value[operator]) {
    case 'remove':
      return takeAway(base, { ...origin, operator: 'remove' })
    case 'append':
      if (base.type === 'list') return appendItems(base, value.items, { ...origin, operator: 'append' })
      break
    case 'mergeBy':
      if (base.type === 'list') return mergeItems(base, value, { ...origin, operator: 'mergeBy' })
      break
    case 'replace':
      break
  }
  return succeed(base, buildNode(value, origin), origin)
}

function mergeMap(base: MapNode, value: Record<string, unknown>, origin: Origin): MapNode {
  const entries = new Map(base.entries)
  for (const [key, entry] of Object.entries(value))
    entries.set(key, mergeValue(entries.get(key), entry, inside(origin, key)))
  return { type: 'map', entries, history: [...base.history, contribution(origin)] }
}

function appendItems(base: ListNode, items: readonly unknown[], origin: Origin): Node {
  const added = buildNode(items, origin)
  if (added.type !== 'list') return base
  return {
    type: 'list',
    items: [...base.items, ...added.items],
    history: [...base.history, ...added.history],
  }
}

function mergeItems(base: ListNode, { key, items }: MergeBy<unknown>, origin: Origin): Node {
  const added = buildNode(items, origin)
  if (added.type !== 'list') return base
  const merged = [...base.items]
  items.forEach((item, index) => {
    const id = isMap(item) ? item[key] : undefined
    const place = merged.findIndex((node) => id !== undefined && keyOf(node, key) === id)
    const at = { ...inside(origin, index), operator: 'mergeBy' as const }
    if (place === -1) merged.push(buildNode(item, at))
    else merged[place] = mergeValue(merged[place], item, at)
  })
  return { type: 'list', items: merged, history: [...base.history, ...added.history] }
}

function keyOf(node: Node, key: string): unknown {
  const value = node.type === 'map' ? node.entries.get(key) : undefined
  return value?.type === 'scalar' ? value.value : undefined
}

/** `fresh` in the place of `base`: everything that was said below it is still known, but has no effect. */
function succeed(base: Node, fresh: Node, origin: Origin): Node {
  const history = [...base.history, ...fresh.history]
  if (fresh.type !== 'map' || base.type !== 'map') return { ...fresh, history }
  const entries = new Map(fresh.entries)
  for (const [key, old] of base.entries) {
    const entry = fresh.entries.get(key)
    entries.set(key, entry ? succeed(old, entry, origin) : takeAway(old, { ...origin, operator: 'replace' }))
  }
  return { type: 'map', entries, history }
}

/** Nothing in the place of `base`; what was said there stays in the history, deepest values included. */
function takeAway(base: Node, origin: Origin): Node {
  const history = [...deepHistory(base), contribution(origin)]
  return { type: 'absent', history }
}

function deepHistory(node: Node): MapNode['history'] {
  if (node.type !== 'map') return node.history
  return [...node.history, ...[...node.entries.values()].flatMap(deepHistory)]
}
