import { isObject } from '@opencore/contract'
import { isDeepStrictEqual } from 'node:util'

/** One field that differs between two objects. */
export interface FieldChange {
  /** Such as `spec.template.spec.containers[main].image`: items of a list by their name where all have one. */
  path: string
  /** Nothing where the field was not there, or is not any more. */
  before?: unknown
  after?: unknown
}

/** Where two values differ, as deep as both are maps, or lists whose items have names; in the order of the keys. */
export function listFields(before: unknown, after: unknown, path = ''): FieldChange[] {
  // The order of keys says nothing.
  if (isDeepStrictEqual(before, after)) return []
  const sides = [entriesOf(before), entriesOf(after)]
  const [left, right] = sides
  if (left === undefined || right === undefined) return [describe(path, before, after)]
  const keys = [...new Set([...left.keys(), ...right.keys()])]
  return [
    ...listOrder(path, left, right),
    ...keys.flatMap((key) => listFields(left.get(key), right.get(key), join(path, key))),
  ]
}

/** Containers that run one after the other, and variables that name others: there the order says something. */
const isOrdered = /(^|\.)(initContainers|env)$/

type Entries = ReadonlyMap<string, unknown>

function listOrder(path: string, left: Entries, right: Entries): FieldChange[] {
  if (!isOrdered.test(path)) return []
  const orderOf = (one: Entries, other: Entries) =>
    [...one.keys()].filter((key) => key.startsWith('[') && other.has(key)).map((key) => key.slice(1, -1))
  const [before, after] = [orderOf(left, right), orderOf(right, left)]
  return isDeepStrictEqual(before, after) ? [] : [{ path: `${path}.order`, before, after }]
}

/** Every path at or below a field at which something comes, goes or may change: of a list without names, of all its items. */
export function listPaths({ path, before, after }: FieldChange): string[] {
  return [...new Set([path, ...pathsBelow(before, path), ...pathsBelow(after, path)])]
}

function pathsBelow(value: unknown, path: string): string[] {
  if (Array.isArray(value) && entriesOf(value) === undefined)
    return value.flatMap((item: unknown) => pathsBelow(item, path))
  return [...(entriesOf(value) ?? [])].flatMap(([key, item]) => {
    const below = join(path, key)
    return [below, ...pathsBelow(item, below)]
  })
}

function describe(path: string, before: unknown, after: unknown): FieldChange {
  return { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }
}

/** The parts of a value that can be compared one by one; nothing of what is compared whole. */
function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (isObject(value)) return new Map(Object.entries(value))
  if (!Array.isArray(value) || value.length === 0) return undefined
  const names = keysOfItems.map((key) =>
    value.map((item: unknown) => (isObject(item) ? item[key] : undefined)),
  )
  const own = names.find(
    (all) => all.every((name) => typeof name === 'string') && new Set(all).size === all.length,
  )
  return own && new Map(value.map((item: unknown, index) => [`[${String(own[index])}]`, item]))
}

/** By which items of a list are known; the second is that of an ApplicationSet's elements, the third that of values below `network`. */
const keysOfItems = ['name', 'release', 'flow']

const join = (path: string, key: string) =>
  key.startsWith('[') || path === '' ? `${path}${key}` : `${path}.${key}`
