import { isMergeOperator, operator } from '@opencore/contract'
import { isList, isMap, type Json, type Path } from '../json.ts'
import type { Contribution, Node } from './node.ts'

/** The place a value is read from, and how its layer wants it to meet what is already there. */
export interface Origin {
  layer: number
  path: Path
  operator: Contribution['operator']
}

/**
 * One layer's value as a node with nothing below it. Operators inside it act on nothing:
 * `append` and `mergeBy` give their items, `replace` its value, `remove` an absent node.
 * Values that JSON cannot hold are refused before merging (`checkLayer`); here they become null.
 */
export function buildNode(value: unknown, origin: Origin): Node {
  if (!isMergeOperator(value)) return buildPlainNode(value, origin)
  switch (value[operator]) {
    case 'remove':
      return { type: 'absent', history: [contribution({ ...origin, operator: 'remove' })] }
    case 'replace':
      return buildNode(value.value, { ...origin, operator: 'replace' })
    case 'append':
    case 'mergeBy':
      return buildNode(value.items, { ...origin, operator: value[operator] })
  }
}

function buildPlainNode(value: unknown, origin: Origin): Node {
  if (isList(value)) {
    const items = value.map((item, index) => buildNode(item, inside(origin, index)))
    return { type: 'list', items, history: [contribution(origin, items.map(toJson))] }
  }
  if (isMap(value)) {
    const entries = new Map(
      Object.entries(value).map(([key, entry]) => [key, buildNode(entry, inside(origin, key))]),
    )
    return { type: 'map', entries, history: [contribution(origin)] }
  }
  const scalar = isScalar(value) ? value : null
  return { type: 'scalar', value: scalar, history: [contribution(origin, scalar)] }
}

/** The origin of an entry of the map, or an item of the list, that stands at `origin`. */
export function inside(origin: Origin, step: string | number): Origin {
  return { layer: origin.layer, path: [...origin.path, step], operator: 'set' }
}

/** What the layer at `origin` says there. */
export function contribution({ layer, path, operator }: Origin, value?: Json): Contribution {
  return { layer, path, operator, ...(value !== undefined && { value }) }
}

/** A node as plain data, without what was taken away. Entries keep their order. */
export function toJson(node: Node): Json {
  switch (node.type) {
    case 'scalar':
      return node.value
    case 'list':
      return node.items.filter(isPresent).map(toJson)
    case 'map':
      return Object.fromEntries(
        [...node.entries].filter(([, entry]) => isPresent(entry)).map(([key, entry]) => [key, toJson(entry)]),
      )
    case 'absent':
      return null
  }
}

function isPresent(node: Node): boolean {
  return node.type !== 'absent'
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
