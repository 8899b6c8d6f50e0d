import type { Finding } from '@opencore/contract'
import { readEnvironment, readFiles, readHistory, resolveRevision, writeRef } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import { openRefs } from './open-refs.ts'

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
 * the history stays. What runs then is what ran: it is not rendered again. Refuses with NOTHING_TO_ROLL_BACK where there
 * is no earlier commit, and with ROLLBACK_TARGET where the commit is none of the ref.
 * Returns the commits of the ref, before and after, and the one whose state it has.
 */
export async function rollBack({ root, environment, release, to }: Rollback) {
  const { name } = environment.definition
  const ref = environmentRef(name)
  const { repository, fetch, push } = await openRefs(root)
  await fetch(ref)
  const revision = `refs/heads/${ref}`
  const history = await readHistory(repository, revision, {
    limit: 2,
    ...(release !== undefined && { release }),
  })
  const [last] = history
  if (last === undefined) throw new Refusal([nothing(ref, release)], exitCode.findings)
  const target = await resolveRevision(repository, `${to ?? `${last.commit}^`}^{commit}`)
  if (target === undefined) throw new Refusal([to === undefined ? nothing(ref, release) : unknown(ref, to)])
  const folder = release
  const [now, then] = await Promise.all([
    readEnvironment(repository, revision),
    readFiles(repository, target, folder),
  ])
  const files = [...then].map(([path, text]) => ({ path, text }))
  const removed = folder === undefined ? now.releases.map((one) => one.name) : [folder]
  const message = `rollback ${name}${release === undefined ? '' : ` ${release}`}: as of ${target.slice(0, 12)}\n`
  const sign = environment.tier.delivery.signingKeys !== undefined
  const after = await writeRef(repository, { ref, message, files, removed, sign })
  await push(ref, now.commit)
  return { ref, before: now.commit, after, target }
}

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
  found: `there is no commit ${to}`,
  wanted: 'a commit of the environment’s ref',
  next: 'opencore history lists them',
})
