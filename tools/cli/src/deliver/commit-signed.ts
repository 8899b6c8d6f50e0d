import { commitTree } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import type { Refs } from './open-refs.ts'

type Update = Omit<Parameters<typeof commitTree>[1], 'sign'>

/** A commit on top of another, signed where the tier asks for it; the other itself where nothing changes. */
export function commitSigned(
  { repository }: Refs,
  { tier }: PlatformEnvironment,
  update: Update,
  parent: string | undefined,
): Promise<string> {
  return commitTree(repository, { ...update, sign: tier.delivery.signingKeys !== undefined }, parent)
}
