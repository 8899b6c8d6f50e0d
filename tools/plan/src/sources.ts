import type { Chart, Platform, PlatformEnvironment, SyncWindow } from '@opencore/model'
import type { Localisation } from './localisation.ts'

/** Where Argo CD reads from, and what it asks of it, after localisation. */
export interface Sources {
  git: string
  chartRepository: string
  /** Namespace of Argo CD in the hub. */
  namespace: string
  versionOf: (chart: Chart) => string
  signingKeysOf: (environment: PlatformEnvironment) => readonly string[]
  syncWindowsOf: (environment: PlatformEnvironment) => readonly SyncWindow[]
}

/** The platform's own sources, with everything that a localisation replaces replaced: nothing else reads it. */
export function resolveSources({ defaults: { delivery } }: Platform, localisation?: Localisation): Sources {
  return {
    git: localisation?.git ?? delivery.git,
    chartRepository: localisation?.chartRepository ?? delivery.chartRepository,
    namespace: delivery.namespace,
    versionOf: ({ name, version }) => localisation?.chartVersions[name] ?? version,
    signingKeysOf: ({ tier }) => (localisation?.dropSigningKeys ? [] : (tier.delivery.signingKeys ?? [])),
    syncWindowsOf: ({ tier }) => (localisation?.dropSyncWindows ? [] : (tier.delivery.syncWindows ?? [])),
  }
}

/** The git ref that an environment reads: `promote` moves it, a merge to main does not. */
export function environmentRef({ definition: { name } }: PlatformEnvironment): string {
  return `env/${name}`
}
