import type { PlatformEnvironment } from '@opencore/model'
import type { Sources } from './sources.ts'

/**
 * What an AppProject asks of whatever it syncs: a signature of one of these keys on the head of the ref, and the right
 * time. `head`: the tree of that commit is all that is applied; those below it were synced before.
 */
export function restrictProject(environment: PlatformEnvironment, sources: Sources) {
  const keys = sources.signingKeysOf(environment)
  const windows = sources.syncWindowsOf(environment)
  return {
    sourceIntegrity:
      keys.length === 0
        ? undefined
        : { git: { policies: [{ repos: [{ url: sources.git }], gpg: { mode: 'head', keys } }] } },
    syncWindows:
      windows.length === 0
        ? undefined
        : windows.map(({ kind, schedule, duration, timeZone, manualSync, description }) => ({
            kind,
            schedule,
            duration,
            timeZone,
            manualSync,
            applications: ['*'],
            description,
          })),
  }
}
