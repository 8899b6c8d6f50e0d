import { checkSigner } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Refs } from './open-refs.ts'

/**
 * The head of a ref, to build on: a good signature on top of a commit that Argo CD refused would make it take the whole
 * tree. Refuses one that is not signed as the tier asks (REF_UNSIGNED).
 */
export async function lookSigned(
  refs: Refs,
  { tier }: PlatformEnvironment,
  ref: string,
): Promise<string | undefined> {
  const commit = await refs.look(ref)
  const keys = tier.delivery.signingKeys ?? []
  const findings = commit === undefined ? [] : await checkSigner(refs.repository, { ref, commit, keys })
  if (findings.length > 0) throw new Refusal(findings, exitCode.findings)
  return commit
}
