import { checkSigner } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { Refusal } from '../output/refusal.ts'
import type { RefMove, Refs } from './open-refs.ts'

/** Move refs to commits that Argo CD will take, all or none. Refuses a commit with another signature than the tier asks for. */
export async function moveSigned(
  refs: Refs,
  { tier }: PlatformEnvironment,
  moves: readonly RefMove[],
): Promise<void> {
  const changed = moves.filter(({ before, after }) => before !== after)
  const keys = tier.delivery.signingKeys ?? []
  const checks = changed.map(({ ref, after }) => checkSigner(refs.repository, { ref, commit: after, keys }))
  const findings = (await Promise.all(checks)).flat()
  if (findings.length > 0) throw new Refusal(findings)
  if (changed.length > 0) await refs.move(changed)
}
