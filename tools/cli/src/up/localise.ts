import type { PlatformAddresses } from '@opencore/cluster'
import type { Localisation } from '@opencore/plan'

/** What differs on this machine: the repository's address, whose signatures count, and no sync windows. */
export function localise({ git, signingKey }: PlatformAddresses): Localisation {
  return { git, signingKeys: signingKey === undefined ? [] : [signingKey], dropSyncWindows: true }
}
