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
  return keys.flatMap((key) => listFields(left.get(key), right.get(key), join(path, key)))
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
