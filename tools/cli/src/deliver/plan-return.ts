import { findSigned, isTaken, readWithHands, wasTaken } from '@opencore/delivery'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import { checkRelease } from './check-release.ts'
import { chooseBack } from './choose-back.ts'
import { findMissing } from './find-missing.ts'
import { findTarget } from './find-target.ts'
import { lookHead, signAgain, type Head } from './look-head.ts'
import type { Refs } from './open-refs.ts'

interface Wanted {
  platform: Platform
  environment: PlatformEnvironment
  release: string | undefined
  to: string | undefined
}

/** What goes back, and to what: see `rollBack`. Refuses as that does, but for what is wrong with the result. */
export async function planReturn(refs: Refs, { platform, environment, release, to }: Wanted) {
  const { name } = environment.definition
  const head = await lookHead(refs, { ...platform, environment }, environmentRef(name))
  const { commit } = head
  if (commit === undefined)
    throw new Refusal(
      await findMissing(refs, platform, [environment], 'a state to go back from, and one before it'),
      exitCode.findings,
    )
  if (release !== undefined) await checkRelease(refs, environment, commit, release)
  const last = await findLast(refs, environment, head, release)
  const wanted = to ?? (head.refused ? last : undefined)
  const target = await findTarget(refs, environment, {
    head: commit,
    release,
    to: wanted,
    // What is below a signed head was taken in its time.
    accepts: head.refused ? isTaken : wasTaken,
  })
  const there = await readWithHands(refs.repository, commit)
  const now = last === commit ? there : await readWithHands(refs.repository, last)
  const then = await readWithHands(refs.repository, target)
  const back = chooseBack({ environment: name, target, isNamed: to !== undefined }, now, then, release)
  return { head, commit, target, there, now, then, back }
}

/**
 * The last commit whose content is known: the head; where Argo CD does not take that, the last before it that it does take. Refuses
 * with REF_UNSIGNED where there is none, and where one release alone is to go back on top of such a head.
 */
async function findLast(
  { repository }: Refs,
  { definition, tier }: PlatformEnvironment,
  { commit = '', refused, kind }: Head,
  release: string | undefined,
): Promise<string> {
  if (!refused) return commit
  if (kind === 'rewound' || kind === 'elsewhere') throw new Refusal([refused], exitCode.findings)
  const keys = tier.delivery.signingKeys ?? []
  const signed = release === undefined ? await findSigned(repository, commit, keys, isTaken) : undefined
  if (signed !== undefined) return signed
  const next =
    release === undefined && kind !== 'unknown' && kind !== 'unreadable'
      ? signAgain(definition.name)
      : refused.next
  throw new Refusal([{ ...refused, next }], exitCode.findings)
}
