import { isMergeOperator, operator } from '@opencore/contract/merge-operators'
import { isList, isMap } from '../json.ts'

/**
 * What layer files export, as a structured clone carries it from the thread that runs them: merge operators become maps
 * (their symbol would be lost), functions and symbols become sets (they would be refused). Definitions hold neither of
 * these two kinds otherwise: YAML cannot.
 */
export function packExports(value: unknown): unknown {
  if (isMergeOperator(value)) {
    const entries = Object.entries(value).map(([key, entry]) => [key, packExports(entry)] as const)
    return new Map<string, unknown>([['operator', value[operator]], ...entries])
  }
  if (isList(value)) return value.map(packExports)
  if (isMap(value)) return mapEntries(value, packExports)
  return typeof value === 'function' || typeof value === 'symbol' ? new Set([typeof value]) : value
}

/** The other way. A function or a symbol is one that does nothing: it is only ever refused, by its type. */
export function unpackExports(value: unknown): unknown {
  if (value instanceof Map) {
    const entries = Object.fromEntries(value as Map<string, unknown>)
    const { operator: kind, ...rest } = mapEntries(entries, unpackExports)
    return Object.freeze({ [operator]: kind, ...rest })
  }
  if (value instanceof Set) return value.has('function') ? () => undefined : Symbol('exported')
  if (isList(value)) return value.map(unpackExports)
  return isMap(value) ? mapEntries(value, unpackExports) : value
}

function mapEntries(map: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]))
}
