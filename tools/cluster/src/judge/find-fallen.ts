import { isObject } from '@opencore/contract'
import { isDeepStrictEqual } from 'node:util'

/** A field that leaves the manifest, and what the API puts in its place. */
export interface FallenField {
  /** `spec.replicas`, `spec.template.spec.containers[name="main"].imagePullPolicy` */
  field: string
  was: unknown
  becomes: unknown
}

/** The same object four times: as git had it, as git has it, as it runs, and as it would run. */
export interface Transition {
  before: unknown
  after: unknown
  live: unknown
  result: unknown
}

/**
 * Fields that the old manifest set and the new one does not, and which then have another value than before: the API
 * fills in a default where nobody says anything. A field that is simply gone is none of them. In lists those items are
 * compared that a `name` finds again.
 */
export function findFallen({ before, after, live, result }: Transition, field = ''): FallenField[] {
  if (Array.isArray(before)) {
    return before.flatMap((item) => {
      if (!isObject(item) || typeof item['name'] !== 'string') return []
      const { name } = item
      const inner = [after, live, result].map((list) => findItem(list, name))
      if (inner.some((found) => found === undefined)) return []
      const [newer, running, becoming] = inner
      return findFallen(
        { before: item, after: newer, live: running, result: becoming },
        `${field}[name="${name}"]`,
      )
    })
  }
  if (!isObject(before) || !isObject(after)) return []
  const [running, becoming] = [live, result].map((value) => (isObject(value) ? value : {}))
  return Object.keys(before).flatMap((key): FallenField[] => {
    const path = field === '' ? key : `${field}.${key}`
    const [was, becomes] = [running?.[key], becoming?.[key]]
    if (key in after)
      return findFallen({ before: before[key], after: after[key], live: was, result: becomes }, path)
    return becomes === undefined || isDeepStrictEqual(was, becomes) ? [] : [{ field: path, was, becomes }]
  })
}

function findItem(list: unknown, name: string): unknown {
  return Array.isArray(list) ? list.find((item) => isObject(item) && item['name'] === name) : undefined
}
