import { join } from 'node:path'
import type { PlatformAddresses } from '@opencore/cluster'
import type { Localisation } from '@opencore/plan'
import { type ChartFolder, digestChart } from '@opencore/charts'

/**
 * What differs on this machine: addresses, neither signatures nor sync windows, and chart versions that change
 * with the charts' content, since Argo CD keeps a version that it has seen.
 */
export async function localise(
  root: string,
  charts: readonly ChartFolder[],
  { chartRepository, git }: PlatformAddresses,
): Promise<Localisation> {
  const versions = await Promise.all(
    charts.map(async (chart) => {
      const digest = await digestChart(join(root, chart.folder))
      return [chart.name, `${chart.version}-dev.g${digest.slice(0, 12)}`] as const
    }),
  )
  return {
    chartRepository,
    git,
    chartVersions: Object.fromEntries(versions),
    dropSigningKeys: true,
    dropSyncWindows: true,
  }
}
