import type { Finding } from '@opencore/contract'
import { checkCommitter } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import type { Refs } from './open-refs.ts'

/**
 * Why somebody could not commit to an environment's ref in the end, asked before time is spent on what would be committed. A
 * dry run commits nothing and goes on without a key, but says what the run will ask for.
 */
export async function findCommitterTrouble(
  { repository }: Refs,
  { definition, tier }: PlatformEnvironment,
  dryRun: boolean,
): Promise<Finding[]> {
  const wanted = { ref: environmentRef(definition.name), keys: tier.delivery.signingKeys ?? [] }
  const findings = await checkCommitter(repository, wanted)
  return dryRun ? findings.map((finding) => ({ ...finding, severity: 'warning' as const })) : findings
}
