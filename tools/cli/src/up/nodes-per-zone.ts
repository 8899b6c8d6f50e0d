import type { PlatformEnvironment } from '@opencore/model'

/**
 * Simulated nodes in each zone by tier. In production what runs at the most that autoscalers ask for (117 GiB for
 * services that request what they may use, 70 GiB for data) still fits when one of three zones is gone: two zones of
 * four nodes have 226 GiB.
 */
export const nodesPerZone: Readonly<Record<PlatformEnvironment['tier']['name'], number>> = {
  development: 2,
  staging: 2,
  production: 4,
}
