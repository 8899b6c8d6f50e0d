import { formatTable } from '../output/format-table.ts'
import type { PlacedRow } from './row.ts'

/** The rows as a table, and below it what mends those that are not as wanted: comments and commands, ready to paste. */
export function formatPreflight(rows: readonly PlacedRow[]): string {
  const table = formatTable(
    ['of', 'what', 'state', 'found', 'wanted'],
    rows.map(({ of, what, state, found, wanted }) => [of, what, state, found, wanted]),
  )
  const mends = rows.flatMap(({ of, what, state, next }) =>
    state === 'ok' || next === undefined ? [] : [`\n# ${of}: ${what} (${state})\n${next}`],
  )
  return [table, ...mends].join('\n')
}
