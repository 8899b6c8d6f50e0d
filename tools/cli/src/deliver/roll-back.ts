import type { Finding } from '@opencore/contract'
import { findSigned, isTaken, readEnvironment, wasTaken, type DeliveredEnvironment } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { CODE_OWNERS_FILE, environmentRef } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { findNamed } from '../releases/find-named.ts'
import { commitSigned } from './commit-signed.ts'
import { findTarget, nothingBefore } from './find-target.ts'
import { lookHead, signAgain, tellRefused, type Head } from './look-head.ts'
import { moveSigned } from './move-signed.ts'
import { openRefs, type Refs } from './open-refs.ts'
import { refuseCommitter } from './refuse-committer.ts'
import { refuseErrors } from './refuse-errors.ts'
import { verifyResult } from './verify-promotion.ts'

export interface Rollback {
  root: string
  environments: readonly PlatformEnvironment[]
  environment: PlatformEnvironment
  /** All of the environment when there is none. */
  release: string | undefined
  /** A commit of the environment's ref; the one before the last change set when there is none. */
  to: string | undefined
}

/**
 * Put an environment, or one release of it, back to how it was at an earlier commit of its ref: a new signed commit, so that
 * the history stays. What runs then is what ran: it is not rendered again, but verified with what stays. On top of a head that
 * Argo CD does not take, only the whole environment goes back, so that nothing of it stays: to what was signed last, unless
 * told otherwise. Refuses with ROLLBACK_DELETES where a release was not there then, with RELEASE_DRIFTS where somebody had changed
 * it by hand and nobody named the commit, and as findTarget does.
 * Returns the commits of the ref, before and after, and the one whose state it has.
 */
export async function rollBack({ root, environments, environment, release, to }: Rollback, report: Report) {
  const { name } = environment.definition
  const ref = environmentRef(name)
  const refs = await openRefs(root)
  const { repository } = refs
  await refuseCommitter(refs, environment)
  const head = await lookHead(refs, { environments, environment }, ref)
  if (head.commit === undefined) throw new Refusal([nothingBefore(ref)], exitCode.findings)
  const last = await findLast(refs, environment, head, release)
  const wanted = to ?? (head.refused ? last : undefined)
  const target = await findTarget(refs, environment, {
    head: head.commit,
    release,
    to: wanted,
    // What is below a signed head was taken in its time.
    accepts: head.refused ? isTaken : wasTaken,
  })
  const there = await readEnvironment(repository, head.commit)
  const now = last === head.commit ? there : await readEnvironment(repository, last)
  const then = await readEnvironment(repository, target)
  const names = chooseNames(now, then, release)
  const gone = names.filter((one) => !then.releases.some((known) => known.name === one))
  if (gone.length > 0)
    throw new Refusal(
      gone.map((one) => deletes(ref, one, target)),
      exitCode.findings,
    )
  if (head.refused) tellRefused(head.refused, name, report)
  const back = then.releases.filter((one) => names.includes(one.name))
  // Whoever names a commit has looked at it; what nobody names is a promotion's.
  const drifting = to === undefined ? back.filter(({ drift }) => drift !== undefined) : []
  if (drifting.length > 0)
    throw new Refusal(
      drifting.map(({ name: one, drift = '' }) => byHand(name, one, { target, drift })),
      exitCode.findings,
    )
  const staying = now.releases.filter((one) => !names.includes(one.name))
  const coming = [...staying, ...back]
  refuseErrors(await verifyResult({ root, environment, before: now, coming }, report), report)
  const files = [
    ...back.flatMap(({ files: own }) => own),
    ...(head.refused && then.owners !== undefined ? [{ path: CODE_OWNERS_FILE, text: then.owners }] : []),
  ]
  const title = `rollback ${name}${release === undefined ? '' : ` ${release}`}: as of ${target.slice(0, 12)}`
  const message = [title, '', `As-Of: ${target}`, ...head.trailers, ''].join('\n')
  const removed = [
    ...(release === undefined ? there.releases.map((one) => one.name) : names),
    ...there.strangers,
    ...(head.refused ? [CODE_OWNERS_FILE] : []),
  ]
  const evenSame = head.refused !== undefined
  const update = { message, files, removed, evenSame }
  const after = await commitSigned(refs, environment, update, head.commit)
  await moveSigned(refs, environment, [{ ref, before: head.commit, after }])
  return { ref, before: head.commit, after, target }
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
  if (kind === 'rewound') throw new Refusal([refused], exitCode.findings)
  const keys = tier.delivery.signingKeys ?? []
  const signed = release === undefined ? await findSigned(repository, commit, keys, isTaken) : undefined
  if (signed !== undefined) return signed
  const next =
    release === undefined && kind !== 'unknown' && kind !== 'unreadable'
      ? signAgain(definition.name)
      : refused.next
  throw new Refusal([{ ...refused, next }], exitCode.findings)
}

function chooseNames(now: DeliveredEnvironment, then: DeliveredEnvironment, release?: string): string[] {
  const known = [...new Set([...now.releases, ...then.releases].map(({ name }) => name))].sort()
  return findNamed(known, release === undefined ? undefined : [release], (name) => name, 'release')
}

const deletes = (ref: string, release: string, target: string): Finding => ({
  code: 'ROLLBACK_DELETES',
  severity: 'error',
  at: { file: `${ref}:${release}` },
  found: `the release was not there yet at ${target.slice(0, 12)}`,
  wanted: 'a state that has every release of now: going back deletes nothing',
  next: 'roll back the others by name; take this one out of environments/, and promote',
})

const byHand = (
  environment: string,
  release: string,
  { target, drift }: { target: string; drift: string },
): Finding => ({
  code: 'RELEASE_DRIFTS',
  severity: 'error',
  at: { file: `env/${environment}:${release}` },
  found: `at ${target.slice(0, 12)}, to go back to, somebody had changed it by hand: ${drift}`,
  wanted: 'a state that was promoted',
  next: `opencore history ${environment} ${release}; then: opencore rollback ${environment} ${release} --to COMMIT`,
})
