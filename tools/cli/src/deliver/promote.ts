import { readWithHands } from '@opencore/delivery'
import { environmentRef } from '@opencore/plan'
import type { Report } from '../output/run-steps.ts'
import { checkSource } from './check-source.ts'
import { hideChanges, type RefChanges } from './compare-update.ts'
import { composeHub } from './compose-hub.ts'
import { composeOwn } from './compose-own.ts'
import { describeBack } from './describe-back.ts'
import { describePromotion } from './describe-promotion.ts'
import { lookHead } from './look-head.ts'
import { moveSigned } from './move-signed.ts'
import { openRefs, type RefMove } from './open-refs.ts'
import { planUpdate } from './plan-update.ts'
import { isAnew, isWhole, type Promotion } from './promotion.ts'
import { listProposals, movesOf, type Proposal } from './propose.ts'
import { refuseCommitter } from './refuse-committer.ts'
import { refuseWindows } from './refuse-windows.ts'
import { withSources } from './with-sources.ts'

/** What a promotion did, or would do. */
export interface Promoted {
  /** Of the environment. */
  ref: string
  changed: readonly string[]
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
  refuseWindows(promotion, report)
  const source = await checkSource(root)
  const refs = await openRefs(root, dryRun ? 'try' : 'write')
  if (!dryRun) await refuseCommitter(refs, environment)
  const head = await lookHead(refs, { ...platform, environment }, ref)
  const before = await readWithHands(refs.repository, head.commit)
  const { update, listing, sources, changes } = await withSources(
    promotion,
    { refs, source, before, report },
    (parts) => planUpdate(promotion, { refs, report, parts, head, before, show }),
  )
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
    ? listProposals(moves, environment.definition.name, title, changes)
    : undefined
  if (!dryRun) await moveSigned(refs, environment, proposals ? movesOf(proposals) : moves)
  const { changed, removed } = update
  const back =
    dryRun || proposals
      ? undefined
      : describeBack(environment.definition.name, before, update, head.refused !== undefined)
  return {
    ref,
    changed,
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
