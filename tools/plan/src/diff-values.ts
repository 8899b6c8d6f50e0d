import { isObject } from '@opencore/contract'

/** A value that differs between two values files. */
export interface ChangedValue {
  /** Keys from the root. */
  path: readonly string[]
  before: unknown
  after: unknown
}

/** Every value that differs, as deep as both sides are maps; a list is one value. */
export function diffValues(before: unknown, after: unknown, path: readonly string[] = []): ChangedValue[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) => diffValues(before[key], after[key], [...path, key]))
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }]
}

/** The values with one change taken back. */
export function takeBack(values: unknown, { path, before }: ChangedValue): unknown {
  const [key, ...rest] = path
  if (key === undefined) return before
  const map = isObject(values) ? values : {}
  const { [key]: inner, ...others } = map
  const value = takeBack(inner, { path: rest, before, after: undefined })
  return value === undefined ? others : { ...others, [key]: value }
}
