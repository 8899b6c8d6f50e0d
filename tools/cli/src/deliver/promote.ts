import { readWithHands } from '@opencore/delivery'
import { environmentRef } from '@opencore/plan'
import { quoteFinding } from '../output/quote.ts'
import { exitCode } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { checkSource } from './check-source.ts'
import { checkTiers } from './check-tiers.ts'
import { collectRefusals } from './collect-refusals.ts'
import { hideChanges, type RefChanges } from './compare-update.ts'
import { composeHub } from './compose-hub.ts'
import { composeOwn } from './compose-own.ts'
import { describeBack } from './describe-back.ts'
import { describePromotion } from './describe-promotion.ts'
import { findClosed } from './find-closed.ts'
import { findCommitterTrouble } from './find-committer-trouble.ts'
import { lookHead } from './look-head.ts'
import { moveSigned } from './move-signed.ts'
import { openRefs, type RefMove } from './open-refs.ts'
import { planUpdate } from './plan-update.ts'
import { isAnew, isWhole, type Promotion } from './promotion.ts'
import { findBaseless, listProposals, movesOf, type Proposal } from './propose.ts'
import { measureDiff } from './say-large.ts'
import { tellStale } from './tell-stale.ts'
import { withSources } from './with-sources.ts'

/** What a promotion did, or would do. */
export interface Promoted {
  /** Of the environment. */
  ref: string
  /** Releases that are new there, or other than before. */
  changed: readonly string[]
  /** Those of them that are new. */
  added: readonly string[]
  removed: readonly string[]
  /** What that changes, on each ref that does; what may be a secret is hidden. */
  changes: readonly RefChanges[]
  /** The environment's ref, and the hub's where everything was promoted or a release is new there; `before` and `after` are the same where nothing changed. */
  moves: readonly { ref: string; before?: string; after: string }[]
  /** The command that undoes it; nothing where that would be refused. */
  back?: string
  /** Where it is proposed: the branches that ask for these moves. */
  proposals?: readonly Proposal[]
}

/**
 * Bring releases of one environment to what the checked out commit of the main branch renders, or to what another environment
 * runs: in the tier's time, rings in order, the resulting tree verified as a whole, one signed commit, fast-forward. Without
 * names, and from the checkout, Argo CD's own objects follow on the hub's ref; with names, it comes to list what is new there.
 * @param show is told what changes before anything is written, and before it is verified
 */
export async function promote(
  promotion: Promotion,
  report: Report,
  show: (changes: readonly RefChanges[]) => void,
): Promise<Promoted> {
  const { root, platform, environment, dryRun } = promotion
  const ref = environmentRef(environment.definition.name)
  const refusals = collectRefusals()
  refusals.add(findClosed(promotion, report), exitCode.findings)
  const source = await refusals.attempt(() => checkSource(root))
  if (source !== undefined) refusals.add(await checkTiers(root), exitCode.findings)
  const refs = await openRefs(root, dryRun ? 'try' : 'write')
  const trouble = await findCommitterTrouble(refs, environment, dryRun)
  if (!dryRun) refusals.add(trouble)
  const head = await refusals.attempt(() => lookHead(refs, { ...platform, environment }, ref))
  if (promotion.pullRequest && head)
    refusals.add(findBaseless([{ ref, before: head.commit }]), exitCode.findings)
  // Of other sources, and on top of what is not known, nothing else is right either.
  if (source === undefined || head === undefined) throw refusals.all()
  if (promotion.from === undefined) await tellStale(promotion, report)
  const before = await readWithHands(refs.repository, head.commit)
  const planned = await refusals.attempt(() =>
    withSources(promotion, { refs, source, before, report }, (parts) =>
      planUpdate(promotion, {
        ...{ refs, source, report, parts, head, before, show },
        isRefused: !refusals.isEmpty(),
      }),
    ),
  )
  if (planned === undefined) {
    if (dryRun) refusals.add(trouble, exitCode.findings)
    throw refusals.all()
  }
  if (dryRun) for (const finding of trouble) report(quoteFinding(finding))
  const { update, listing, sources, changes } = planned
  const message = describePromotion(promotion, update, {
    sources: sources.length > 0 ? sources : [source],
    ...(isAnew(promotion, head) && { asOf: head.commit }),
    trailers: head.trailers,
  })
  const own = await composeOwn(promotion, { refs, head, update, message })
  const hub =
    isWhole(promotion) || listing ? [await composeHub(promotion, refs, source, report, listing)] : []
  const moves = [own, ...hub]
  const title = message.split('\n', 1)[0] ?? ''
  const proposals = promotion.pullRequest
    ? await listProposals(moves, environment.definition.name, title, changes, (from, to) =>
        measureDiff(refs.repository, from, to),
      )
    : undefined
  if (!dryRun) await moveSigned(refs, environment, proposals ? movesOf(proposals) : moves)
  const { changed, removed } = update
  const there = new Set(before.releases.map(({ name }) => name))
  const back =
    dryRun || proposals
      ? undefined
      : describeBack(environment.definition.name, before, update, head.refused !== undefined)
  return {
    ref,
    changed,
    added: changed.filter((name) => !there.has(name)),
    removed,
    changes: changes.map(hideChanges),
    moves: moves.map(describeMove),
    ...(back !== undefined && { back }),
    ...(proposals && { proposals }),
  }
}

const describeMove = ({ ref, before, after }: RefMove) => ({
  ref,
  after,
  ...(before !== undefined && { before }),
})
