import type { Platform, PlatformEnvironment } from '@opencore/model'

/** What a person asks for. */
export interface Promotion {
  root: string
  platform: Platform
  environment: PlatformEnvironment
  /** Names; all when there are none. */
  releases: readonly string[] | undefined
  /** Why a ring is skipped; nothing where none is. */
  allowSkip: string | undefined
  dryRun: boolean
  /** Propose it: the refs stay as they are. */
  pullRequest: boolean
}
