import type { Finding } from '@opencore/contract'
import type { PlacedRow } from './row.ts'

/** What has to be there and is not, or is otherwise, as findings. */
export function lacksOf(rows: readonly PlacedRow[]): Finding[] {
  return rows.filter(isLacking).map(({ of, what, found, wanted, state, code, next = '' }) => ({
    code: code ?? (state === 'missing' ? 'PREFLIGHT_MISSING' : 'PREFLIGHT_WRONG'),
    severity: 'error',
    at: { file: `${of}: ${what}` },
    found,
    wanted,
    next,
  }))
}

/** What cannot be seen is not held against anybody. */
export const isLacking = ({ state }: PlacedRow) => state === 'missing' || state === 'wrong'
