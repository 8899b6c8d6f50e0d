import { listFixedFields } from '@opencore/contract'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import type { Report } from '../output/run-steps.ts'
import type { KnownRules } from './compare-sides.ts'

/** What a comparison knows beside its two sides, by this checkout's model and charts. */
export async function loadRules(
  { charts }: Platform,
  environment: PlatformEnvironment,
  report: Report,
): Promise<KnownRules> {
  const contracts = new Map(charts.map(({ name, contract }) => [name, contract]))
  return { environment, contracts, fixed: listFixedFields(await loadApiCatalogue(report)) }
}
