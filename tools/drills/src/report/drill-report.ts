import type { Overlap } from '../record/judge-log.ts'
import type { RestoreVerdict } from '../record/judge-restore.ts'
import type { Acknowledged, Answer } from '../record/read-log.ts'

/** Something that was done, or seen. */
export interface Mark {
  at: number
  what: string
}

/** What a restore found. */
export interface RestoreReport extends RestoreVerdict {
  /** From the moment at which it was asked for until it took writes. */
  rto: number
  /** Between the newest row that is there and the moment at which all was taken for lost; of a restore to a moment, nothing. */
  rpo: number | undefined
}

/** What one run of a drill did and found. Times are in milliseconds, moments since 1970. */
export interface DrillReport {
  drill: string
  /** When it began to do what it does. */
  began: number
  marks: Mark[]
  primary: { before: string; after: string }
  /** The longest time in which no write was acknowledged: what clients see of a recovery. */
  rto: number
  /** From its beginning until all instances were ready again and writes went on. */
  recovered: number
  acknowledged: Acknowledged[]
  /** Servers that answered as primaries, and when. */
  answers: Answer[]
  /** How many of the rows that were acknowledged are there. */
  found: number
  /** Acknowledged rows that are not there. */
  lost: string[]
  /** Rows that are there and were not acknowledged: nobody knew, and both are right. */
  unacknowledged: number
  overlaps: Overlap[]
  /** Of a drill that restores. */
  restored: RestoreReport | undefined
}
