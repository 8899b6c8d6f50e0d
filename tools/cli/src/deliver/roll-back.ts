import type { Finding } from '@opencore/contract'
import { readEnvironment, readHistory, resolveRevision, runGit } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { findNamed } from '../releases/find-named.ts'
import { commitSigned } from './commit-signed.ts'
import { lookSigned } from './look-signed.ts'
import { moveSigned } from './move-signed.ts'
import { openRefs, type Refs } from './open-refs.ts'
import { refuseErrors } from './refuse-errors.ts'
import { verifyResult } from './verify-promotion.ts'

export interface Rollback {
  root: string
  environment: PlatformEnvironment
  /** All of the environment when there is none. */
  release: string | undefined
  /** A commit of the environment's ref; the one before the last change set when there is none. */
  to: string | undefined
}

/**
 * Put an environment, or one release of it, back to how it was at an earlier commit of its ref: a new signed commit, so that
 * the history stays. What runs then is what ran: it is not rendered again, but verified with what stays. Refuses with
 * NOTHING_TO_ROLL_BACK where there is no earlier commit, with ROLLBACK_TARGET where the commit is none of the ref, and with
 * ROLLBACK_DELETES where a release was not there then.
 * Returns the commits of the ref, before and after, and the one whose state it has.
 */
export async function rollBack({ root, environment, release, to }: Rollback, report: Report) {
  const ref = environmentRef(environment.definition.name)
  const refs = await openRefs(root)
  const { repository } = refs
  const head = await lookSigned(refs, environment, ref)
  if (head === undefined) throw new Refusal([nothing(ref)], exitCode.findings)
  const target = await findTarget(refs, { ref, head, release, to })
  const [now, then] = await Promise.all([
    readEnvironment(repository, head),
    readEnvironment(repository, target),
  ])
  const known = [...new Set([...now.releases, ...then.releases].map(({ name }) => name))].sort()
  const names = findNamed(known, release === undefined ? undefined : [release], (name) => name, 'release')
  const gone = names.filter((name) => !then.releases.some((one) => one.name === name))
  if (gone.length > 0)
    throw new Refusal(
      gone.map((name) => deletes(ref, name, target)),
      exitCode.findings,
    )
  const back = then.releases.filter(({ name }) => names.includes(name))
  const staying = now.releases.filter(({ name }) => !names.includes(name))
  const coming = [...staying, ...back]
  refuseErrors(await verifyResult({ root, environment, before: now, coming }, report), report)
  const files = back.flatMap(({ files: own }) => own)
  const message = `rollback ${environment.definition.name}${release === undefined ? '' : ` ${release}`}: as of ${target.slice(0, 12)}\n\nAs-Of: ${target}\n`
  const update = { message, files, removed: [...names, ...now.strangers] }
  const after = await commitSigned(refs, environment, update, head)
  await moveSigned(refs, environment, [{ ref, before: head, after }])
  return { ref, before: head, after, target }
}

interface Wanted {
  ref: string
  head: string
  release: string | undefined
  to: string | undefined
}

/** The commit to go back to: an ancestor of the head, so that it was on this ref. */
async function findTarget({ repository }: Refs, { ref, head, release, to }: Wanted): Promise<string> {
  const which = { limit: 1, ...(release !== undefined && { release }) }
  let [last] = await readHistory(repository, head, which)
  // What a rollback brought back came from an earlier change set: twice goes further back, not forth again.
  for (let steps = 0; last?.asOf !== undefined && steps < MOST_STEPS; steps += 1)
    [last] = await readHistory(repository, last.asOf, which)
  const wanted = to ?? (last && `${last.commit}^`)
  const target = wanted && (await resolveRevision(repository, `${wanted}^{commit}`))
  if (target === undefined || target === '')
    throw new Refusal([to === undefined ? nothing(ref, release) : unknown(ref, to)], exitCode.findings)
  const shared = await runGit(repository, ['merge-base', target, head]).catch(() => '')
  if (shared.trim() !== target) throw new Refusal([unknown(ref, to ?? target)])
  return target
}

/** Whoever may push may write a trailer that leads in a circle. */
const MOST_STEPS = 100

const nothing = (ref: string, release = 'any release'): Finding => ({
  code: 'NOTHING_TO_ROLL_BACK',
  severity: 'error',
  at: { file: ref },
  found: `no change set of ${release} that has another before it`,
  wanted: 'an earlier state',
  next: 'opencore history lists the change sets',
})

const unknown = (ref: string, to: string): Finding => ({
  code: 'ROLLBACK_TARGET',
  severity: 'error',
  at: { file: ref },
  found: `${to} is no commit of this ref`,
  wanted: 'a commit of the environment’s own history',
  next: 'opencore history lists them',
})

const deletes = (ref: string, release: string, target: string): Finding => ({
  code: 'ROLLBACK_DELETES',
  severity: 'error',
  at: { file: `${ref}:${release}` },
  found: `the release was not there yet at ${target.slice(0, 12)}`,
  wanted: 'a state that has every release of now: going back deletes nothing',
  next: 'roll back the others by name; take this one out of environments/, and promote',
})
