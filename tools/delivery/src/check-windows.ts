import type { Finding } from '@opencore/contract'
import { isActive, nextChange, type SyncWindow } from '@opencore/model'

/**
 * What keeps Argo CD from syncing at a moment: the windows that deny, or, where none that allows is open, those that do
 * (argo-cd v3.6.1, types.go, canSyncAtTime). Empty where it may.
 */
export function listClosing(windows: readonly SyncWindow[], now: Date): SyncWindow[] {
  const open = windows.filter((window) => isActive(window, now))
  const denying = open.filter(({ kind }) => kind === 'deny')
  if (denying.length > 0) return denying
  const allowing = windows.filter(({ kind }) => kind === 'allow')
  return open.length > 0 ? [] : allowing
}

/** Whether a person may sync all the same: every window that closes says so. */
export const isManual = (closing: readonly SyncWindow[]) => closing.every(({ manualSync }) => manualSync)

/** Each window that closes as an error, for times in which not even a person may sync. Finding: SYNC_WINDOW_CLOSED. */
export function explainClosing(ref: string, closing: readonly SyncWindow[], now: Date): Finding[] {
  return closing.map((window) => ({
    code: 'SYNC_WINDOW_CLOSED',
    severity: 'error',
    at: { file: ref },
    found: `nothing may be synced ${describeEnd(window, now)}: ${window.description}`,
    wanted: 'a time in which Argo CD may sync, or a window in which people may (`manualSync`)',
    next: 'wait; what the tier says of its windows is changed by a merge to main',
  }))
}

/** `until 2027-01-03 07:00 UTC`; what is never open again has no end. */
export function describeEnd(window: SyncWindow, now: Date): string {
  const end = nextChange(window, now)
  return end ? `until ${end.toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'any more'
}
