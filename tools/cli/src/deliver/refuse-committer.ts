import { checkCommitter } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { Refusal } from '../output/refusal.ts'
import type { Refs } from './open-refs.ts'

/** Refuses who could not commit to an environment's ref in the end, before time is spent on what would be committed. */
export async function refuseCommitter(
  { repository }: Refs,
  { definition, tier }: PlatformEnvironment,
): Promise<void> {
  const wanted = { ref: environmentRef(definition.name), keys: tier.delivery.signingKeys ?? [] }
  const findings = await checkCommitter(repository, wanted)
  if (findings.length > 0) throw new Refusal(findings)
}
