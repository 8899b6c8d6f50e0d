import type { Acknowledged } from './read-log.ts'

/** A row of a restored database, and when the server began to write it, in milliseconds since 1970. */
export interface RestoredRow {
  row: string
  began: number
}

/** What a restore had to find, and until when. Moments are milliseconds since 1970. */
export interface Asked {
  /** Everything that was acknowledged until then has to be there. */
  until: number
  /** Nothing that was begun after it may be there; where it is left out, the archive's end is as good. */
  target?: number
}

export interface RestoreVerdict {
  /** How many rows had to be there. */
  wanted: number
  missing: string[]
  surplus: string[]
  /** When the newest of the rows that are there was acknowledged; nothing where none is. */
  newest: number | undefined
}

/**
 * What clients were told, against what a restored database has. A row that was begun before the target and acknowledged
 * after it may be there or not: its commit was on either side.
 */
export function judgeRestore(
  acknowledged: readonly Acknowledged[],
  rows: readonly RestoredRow[],
  { until, target }: Asked,
): RestoreVerdict {
  const there = new Set(rows.map(({ row }) => row))
  const wanted = acknowledged.filter(({ at }) => at <= until)
  return {
    wanted: wanted.length,
    missing: wanted.map(({ row }) => row).filter((row) => !there.has(row)),
    surplus: target === undefined ? [] : rows.filter(({ began }) => began > target).map(({ row }) => row),
    newest: acknowledged.findLast(({ row }) => there.has(row))?.at,
  }
}
