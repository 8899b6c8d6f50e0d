import type { Finding, PlannedFile } from '@opencore/contract'
import type { PlatformInput } from '@opencore/model'
import type { KnownNames } from './known-names.ts'

/** What a person asks to be written, by what they typed. */
export interface DraftRequest {
  /** `service`, `data`, `environment` or `team`. */
  noun: string
  name: string
  /** What of it is wrong by itself, all at once; then `write` is not asked. */
  check: (known: KnownNames, sources: Sources) => Finding[]
  /** The files, and what to run once they are there. Refuses what cannot be written. */
  write: (known: KnownNames, sources: Sources) => Draft
}

/** What is in `environments/` now, for what is made after it. */
export type Sources = Pick<PlatformInput, 'modules' | 'sources' | 'overrides'>

/** Files that are to be written, together or not at all. */
export interface Draft {
  files: PlannedFile[]
  /** Files that are there, with another text. */
  edited?: PlannedFile[]
  /** What to run next, a command line each, without `opencore`. */
  next: string[]
}
