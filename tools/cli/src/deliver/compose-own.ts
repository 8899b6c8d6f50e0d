import type { EnvironmentUpdate } from '@opencore/delivery'
import { environmentRef } from '@opencore/plan'
import { commitSigned } from './commit-signed.ts'
import type { Head } from './look-head.ts'
import type { RefMove, Refs } from './open-refs.ts'
import { isAnew, type Promotion } from './promotion.ts'

interface Own {
  refs: Refs
  head: Head
  update: EnvironmentUpdate
  message: string
}

/** The move of the environment's own ref; to where it is where nothing is written. It is not moved yet. */
export async function composeOwn(
  promotion: Promotion,
  { refs, head, update: { files, removed }, message }: Own,
): Promise<RefMove> {
  // What was by hand may come out as it lies there: a commit says so.
  const evenSame = files.length > 0 || isAnew(promotion, head)
  const { environment, dryRun } = promotion
  const update = { message, files, removed, evenSame, isDraft: dryRun }
  const after = await commitSigned(refs, environment, update, head.commit)
  return { ref: environmentRef(environment.definition.name), before: head.commit, after }
}
