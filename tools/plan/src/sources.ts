import type { Defaults, PlatformEnvironment, SyncWindow } from '@opencore/model'
import type { Localisation } from './localisation.ts'

/** Where Argo CD reads from, and what it asks of it, after localisation. */
export interface Sources {
  git: string
  /** Namespace of Argo CD in the hub. */
  namespace: string
  signingKeysOf: (environment: PlatformEnvironment) => readonly string[]
  syncWindowsOf: (environment: PlatformEnvironment) => readonly SyncWindow[]
}

/** The platform's own sources, with everything that a localisation replaces replaced: nothing else reads it. */
export function resolveSources({ delivery }: Defaults, localisation?: Localisation): Sources {
  return {
    git: localisation?.git ?? delivery.git,
    namespace: delivery.namespace,
    signingKeysOf: ({ tier: { delivery: own } }) =>
      own.signingKeys === undefined ? [] : (localisation?.signingKeys ?? own.signingKeys),
    syncWindowsOf: ({ tier }) => (localisation?.dropSyncWindows ? [] : (tier.delivery.syncWindows ?? [])),
  }
}

/** The git ref with the rendered releases of an environment: `promote` moves it, a merge to main does not. */
export function environmentRef(environment: string): string {
  return `env/${environment}`
}

/** The git ref with Argo CD's own objects for the environments of one trust level. */
export function hubRef({ tier }: PlatformEnvironment): string {
  return `hub/${tier.delivery.hub}`
}

/** A ref as Argo CD is told: the whole name, since it takes a tag with the short one just as well (argo-cd v3.6.1, util/git/client.go). */
export const branch = (ref: string): string => `refs/heads/${ref}`
