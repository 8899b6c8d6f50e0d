import { isList, isMap } from './json.ts'

/** The number at a path of values; none where there is something else, which is left to the schema. */
export function numberAt(values: unknown, ...path: string[]): number | undefined {
  const value = valueAt(values, ...path)
  return typeof value === 'number' ? value : undefined
}

/** The text at a path of values. */
export function textAt(values: unknown, ...path: string[]): string | undefined {
  const value = valueAt(values, ...path)
  return typeof value === 'string' ? value : undefined
}

/** The entries of the map at a path of values, by name. */
export function entriesAt(values: unknown, ...path: string[]): [string, unknown][] {
  const value = valueAt(values, ...path)
  return isMap(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : []
}

/** The items of the list at a path of values; none where there is something else. */
export function itemsAt(values: unknown, ...path: string[]): readonly unknown[] {
  const value = valueAt(values, ...path)
  return isList(value) ? value : []
}

/** Whether the list at a path of values has an item. */
export function isListed(values: unknown, item: string, ...path: string[]): boolean {
  return itemsAt(values, ...path).includes(item)
}

/** Whatever is at a path of values. */
export function valueAt(values: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isMap(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    values,
  )
}
