import type { Row } from './row.ts'

/** Rows as tests compare them: state, what, found, wanted, and what mends it. */
export function showRows(rows: readonly Row[]): string {
  return rows
    .map(({ state, what, found, wanted, next }) =>
      [`${state} ${what}: ${found} | wanted ${wanted}`, ...(next === undefined ? [] : [`  ${next}`])].join(
        '\n',
      ),
    )
    .join('\n')
}
