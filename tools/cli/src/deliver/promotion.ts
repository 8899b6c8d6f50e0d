import type { Platform, PlatformEnvironment } from '@opencore/model'
import type { Head } from './look-head.ts'

/** What a person asks for. */
export interface Promotion {
  root: string
  platform: Platform
  environment: PlatformEnvironment
  /** Names; all when there are none. */
  releases: readonly string[] | undefined
  /** Another environment, or this one: releases come as its ref has them, and not as the checkout has. */
  from: string | undefined
  /** Why a ring is skipped; nothing where none is. */
  allowSkip: string | undefined
  dryRun: boolean
  /** Propose it: the refs stay as they are. */
  pullRequest: boolean
}

/** Everything, as the sources have it: what they do not have any more goes, and the hub follows. */
export const isWhole = ({ releases, from }: Promotion) => releases === undefined && from === undefined

/**
 * Whether all of it is written again, and nothing that is there is believed: on top of a head that is refused, and to sign an
 * environment as it is once more, before a key ends or after it.
 */
export const isAnew = ({ environment, releases, from }: Promotion, { refused }: Pick<Head, 'refused'>) =>
  refused !== undefined || (releases === undefined && from === environment.definition.name)
