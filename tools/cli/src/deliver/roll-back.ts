import type { Platform, PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { quoteFinding } from '../output/quote.ts'
import { exitCode } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { checkTiers } from './check-tiers.ts'
import { collectRefusals } from './collect-refusals.ts'
import { commitSigned } from './commit-signed.ts'
import { composeReturn } from './compose-return.ts'
import { compareReturn, hideChanges, type RefChanges } from './compare-update.ts'
import { explainLostEnds } from './explain-lost-ends.ts'
import { findCommitterTrouble } from './find-committer-trouble.ts'
import { tellRefused } from './look-head.ts'
import { fetchMain } from './main-branch.ts'
import { moveSigned } from './move-signed.ts'
import { openRefs } from './open-refs.ts'
import { planReturn } from './plan-return.ts'
import { listProposals, movesOf, type Proposal } from './propose.ts'
import { readListed } from './read-listed.ts'
import { refuseErrors } from './refuse-errors.ts'
import { measureDiff } from './say-large.ts'
import { tellStrangers } from './tell-strangers.ts'
import { tellUnlisted } from './tell-unlisted.ts'
import { verifyResult } from './verify-promotion.ts'
import { withCommitted } from './with-committed.ts'

export interface Rollback {
  root: string
  platform: Platform
  environment: PlatformEnvironment
  /** All of the environment when there is none. */
  release: string | undefined
  /** A commit of the environment's ref; the one before the last change set when there is none. */
  to: string | undefined
  /** Verify, and write nothing. */
  dryRun: boolean
  /** Somebody else is to approve it: the commit goes to a branch of its own. */
  pullRequest: boolean
}

/** What going back did, or would do. */
export interface RolledBack {
  ref: string
  before: string
  after: string
  /** The commit whose state the ref has then. */
  target: string
  /** What that changes; what may be a secret is hidden. */
  changes: readonly RefChanges[]
  /** Releases that come back and have no Application on the hub: nobody reads them. */
  unlisted: readonly string[]
  /** Where it is proposed: the branch that asks for it. */
  proposals?: readonly Proposal[]
}

/**
 * Put an environment, or one release of it, back to how it was at an earlier commit of its ref: a new signed commit, so that
 * the history stays. What runs then is what ran: it is not rendered again, but verified with what stays. On top of a head that
 * Argo CD does not take, only the whole environment goes back, so that nothing of it stays: to what was signed last, unless
 * told otherwise. Refuses with ROLLBACK_DELETES where a release was not there then, with RELEASE_DRIFTS where somebody had changed
 * it by hand and nobody named the commit, and as findTarget does.
 * @param show is told what changes before anything is written, and before it is verified; and which command says all of it
 */
export async function rollBack(
  rollback: Rollback,
  report: Report,
  show: (changes: readonly RefChanges[], command: string) => void,
): Promise<RolledBack> {
  const { root, platform, environment, release, dryRun, pullRequest } = rollback
  const { name } = environment.definition
  const ref = environmentRef(name)
  const refs = await openRefs(root, dryRun ? 'try' : 'write')
  const refusals = collectRefusals()
  const trouble = await findCommitterTrouble(refs, environment, dryRun)
  if (!dryRun) refusals.add(trouble)
  // Where origin does not answer, what it had last is known.
  await fetchMain(root)
  refusals.add(await checkTiers(root), exitCode.findings)
  const planned = await refusals.attempt(() => planReturn(refs, rollback))
  if (planned === undefined || !refusals.isEmpty()) {
    if (dryRun) refusals.add(trouble, exitCode.findings)
    throw refusals.all()
  }
  if (dryRun) for (const finding of trouble) report(quoteFinding(finding))
  const { head, commit, target, there, now, then, back } = planned
  if (head.refused) tellRefused(head.refused, name, report)
  tellStrangers(ref, there, report)
  const changes = await compareReturn(
    { platform, environment, release },
    { there, then, isTaken: !head.refused },
    report,
  )
  show(
    changes,
    `opencore diff ${[name, ...(release === undefined ? [] : [release])].join(' ')} --to ${target.slice(0, 12)}`,
  )
  const names = back.map((one) => one.name)
  const { listed, there: hub } = await readListed(refs, environment)
  const unlisted = names.filter((one) => !listed.has(one))
  if (unlisted.length > 0) report(tellUnlisted(environment, unlisted))
  const staying = now.releases.filter((one) => !names.includes(one.name))
  const coming = [...staying, ...back]
  report(`${name}: verifying what will be there`)
  const result = { root, environment, before: now, coming, isSparing: true }
  // What somebody has at work in this checkout neither stops an incident's end nor excuses a door.
  const findings = await withCommitted(root, (sources) => verifyResult({ ...result, sources, hub }, report))
  refuseErrors(explainLostEnds({ environment, target, then, now, back }, findings), report)
  const update = composeReturn({ environment: name, release, target, there, then, back, head })
  const after = await commitSigned(refs, environment, { ...update, isDraft: dryRun }, commit)
  const moves = [{ ref, before: commit, after }]
  const title = update.message.split('\n', 1)[0] ?? ''
  const proposals = pullRequest
    ? await listProposals(moves, name, title, changes, (from, to) => measureDiff(refs.repository, from, to))
    : undefined
  if (!dryRun) await moveSigned(refs, environment, proposals ? movesOf(proposals) : moves)
  return {
    ref,
    before: commit,
    after,
    target,
    changes: changes.map(hideChanges),
    unlisted,
    ...(proposals && { proposals }),
  }
}
