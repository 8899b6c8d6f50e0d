import type { Finding } from '@opencore/contract'
import { checkSigner } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { Refusal } from '../output/refusal.ts'
import { wantedSignature } from './look-head.ts'
import type { RefMove, Refs } from './open-refs.ts'

/** Move refs to commits that Argo CD will take, all or none. Refuses a commit with another signature than the tier asks for. */
export async function moveSigned(
  refs: Refs,
  { tier }: PlatformEnvironment,
  moves: readonly RefMove[],
): Promise<void> {
  const changed = moves.filter(({ before, after }) => before !== after)
  const keys = tier.delivery.signingKeys ?? []
  const findings: Finding[] = []
  for (const { ref, after } of changed) {
    const trouble = await checkSigner(refs.repository, after, keys)
    if (trouble)
      findings.push({
        code: 'REF_UNSIGNED',
        severity: 'error',
        at: { file: ref },
        found: `the new commit ${trouble.words}; it was not pushed`,
        wanted: wantedSignature(keys),
        next: 'git config user.signingKey ID, of one of these keys, or of the one subkey of it that is listed',
      })
  }
  if (findings.length > 0) throw new Refusal(findings)
  if (changed.length > 0) await refs.move(changed)
}
