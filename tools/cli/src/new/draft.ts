import type { Finding, PlannedFile } from '@opencore/contract'
import type { KnownNames } from './known-names.ts'

/** What a person asks to be written, by what they typed. */
export interface DraftRequest {
  /** `service`, `data`, `environment` or `team`. */
  noun: string
  name: string
  /** What of it is wrong by itself, all at once; then `write` is not asked. */
  check: (known: KnownNames) => Finding[]
  /** The files, and what to run once they are there. */
  write: (known: KnownNames) => Promise<Draft> | Draft
}

/** Files that are to be written, together or not at all. */
export interface Draft {
  files: PlannedFile[]
  /** What to run next, a command line each, without `opencore`. */
  next: string[]
}
