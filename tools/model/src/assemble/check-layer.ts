import { isMergeOperator, operator, type Finding } from '@opencore/contract'
import { formatPath } from '../format-path.ts'
import { isList, isMap, type Path } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import { locateInLayer, type Layer } from './layer.ts'

/**
 * What no layer may hold: nulls, whose meaning changed between Helm versions, and what YAML cannot hold.
 * Finding: `VALUE_NULL`, `VALUE_UNPRINTABLE`.
 */
export function checkLayer(layer: Layer, locate: Locator): Finding[] {
  return findUnprintable(layer.values, []).map(({ path, value }): Finding => {
    const at = locateInLayer(layer, path, locate)
    const key = formatPath(path)
    if (value === null || value === undefined)
      return {
        code: 'VALUE_NULL',
        severity: 'error',
        at,
        found: `\`${key}\` is ${String(value)}`,
        wanted: 'a value, or no key at all',
        next:
          layer.kind === 'team'
            ? 'take the key out'
            : 'take the key out, or write `remove()` to undo a weaker layer',
      }
    return {
      code: 'VALUE_UNPRINTABLE',
      severity: 'error',
      at,
      found: `\`${key}\` is a ${typeof value} that YAML cannot hold`,
      wanted: 'text, a finite number, true, false, a list or a map',
      next: 'write the value out',
    }
  })
}

function findUnprintable(value: unknown, path: Path): { path: Path; value: unknown }[] {
  if (isMergeOperator(value)) {
    if (value[operator] === 'remove') return []
    return findUnprintable(value[operator] === 'replace' ? value.value : value.items, path)
  }
  if (isList(value)) return value.flatMap((item, index) => findUnprintable(item, [...path, index]))
  if (isMap(value))
    return Object.entries(value).flatMap(([key, entry]) => findUnprintable(entry, [...path, key]))
  const printable = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
  return printable ? [] : [{ path, value }]
}
