import { findNearName, type Finding, type Position } from '@opencore/contract/findings'
import type { DataChart } from '../parts/index.ts'

/** What can be referred to by name. The code of the finding follows: `SERVICE_UNKNOWN`. */
export type Named =
  | 'chart'
  | 'data'
  | 'environment'
  | 'keyspace'
  | 'release'
  | 'service'
  | 'team'
  | 'tier'
  | 'topic'
  | DataChart

/** The finding for a name that refers to nothing, with the near name where there is one. */
export function unknownName(
  what: Named,
  name: string,
  known: readonly string[],
  at: Position,
  remedy = 'define it, or correct the name',
): Finding {
  const near = findNearName(name, known)
  const names = [...new Set(known)].join(', ')
  return {
    code: `${what.toUpperCase()}_UNKNOWN`,
    severity: 'error',
    at,
    found: `there is no ${what} \`${name}\``,
    wanted: names === '' ? `a ${what} that exists; there is none` : `one of ${names}`,
    next: near ? `did you mean \`${near}\`?` : remedy,
  }
}
