import type { Finding } from '@opencore/contract'
import {
  checkRings,
  composeUpdate,
  describeEnd,
  explainClosing,
  isManual,
  listClosing,
  readEnvironment,
  type DeliveredEnvironment,
  type EnvironmentUpdate,
  type RenderedRelease,
} from '@opencore/delivery'
import { tierNames, type PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { findNamed } from '../releases/find-named.ts'
import { selectReleases } from '../releases/select-releases.ts'
import { checkSource } from './check-source.ts'
import { checkListed } from './check-listed.ts'
import { commitSigned } from './commit-signed.ts'
import { compareUpdate, type RefChanges } from './compare-update.ts'
import { composeHub } from './compose-hub.ts'
import { hideSecrets } from './hide-secrets.ts'
import { lookSigned } from './look-signed.ts'
import { moveSigned } from './move-signed.ts'
import { openRefs, type RefMove, type Refs } from './open-refs.ts'
import type { Promotion } from './promotion.ts'
import { describePromotion } from './describe-promotion.ts'
import { listProposals, movesOf, type Proposal } from './propose.ts'
import { refuseErrors } from './refuse-errors.ts'
import { renderDelivery } from './render-delivery.ts'
import { verifyPromotion } from './verify-promotion.ts'

/** What a promotion did, or would do. */
export interface Promoted {
  /** Of the environment. */
  ref: string
  changed: readonly string[]
  removed: readonly string[]
  /** What that changes, on each ref that does; what may be a secret is hidden. */
  changes: readonly RefChanges[]
  /** The environment's ref, and the hub's where everything was promoted; `before` and `after` are the same where nothing changed. */
  moves: readonly { ref: string; before?: string; after: string }[]
  /** Where it is proposed: the branches that ask for these moves. */
  proposals?: readonly Proposal[]
}

/**
 * Bring releases of one environment to what the checked out commit of the main branch renders: in the tier's time, rings
 * in order, the resulting tree verified as a whole, one signed commit, fast-forward. Without names, Argo CD's own objects
 * follow on the hub's ref.
 * @param show is told what changes before anything is written, and before it is verified
 */
export async function promote(
  promotion: Promotion,
  report: Report,
  show: (changes: readonly RefChanges[]) => void,
): Promise<Promoted> {
  const { root, environment, dryRun } = promotion
  const { name } = environment.definition
  checkWindows(promotion, report)
  const source = await checkSource(root)
  const refs = await openRefs(root)
  const ref = environmentRef(name)
  const head = await lookSigned(refs, environment, ref)
  const before = await readEnvironment(refs.repository, head)
  const rendered = await renderNamed(promotion, environment, source, report)
  const update = composeUpdate(before, rendered, listGone(promotion, before))
  const findings = await checkPromotion(promotion, update, { refs, source, report })
  if (findings.length > 0) throw new Refusal(findings, exitCode.findings)
  const changes = await compareUpdate(promotion, { refs, before, rendered, update }, report)
  show(changes)
  if (update.changed.length + update.removed.length > 0) {
    report(`${name}: verifying what will be there`)
    refuseErrors(await verifyPromotion(promotion, before, { update, rendered, report }), report)
  }
  const moves = await composeMoves(promotion, { refs, source, head, update })
  const title = describePromotion(promotion, update, source).split('\n', 1)[0] ?? ''
  const proposals = promotion.pullRequest ? listProposals(moves, title) : undefined
  if (!dryRun) await moveSigned(refs, environment, proposals ? movesOf(proposals) : moves)
  const { changed, removed } = update
  return {
    ref,
    changed,
    removed,
    changes: changes.map(hideChanges),
    moves: moves.map(describeMove),
    ...(proposals && { proposals }),
  }
}

/** Refuses while nothing may be synced; while people alone may, it says so: what is promoted waits for one of them. */
function checkWindows({ environment, dryRun }: Promotion, report: Report): void {
  const { name } = environment.definition
  const now = new Date()
  const closing = listClosing(environment.tier.delivery.syncWindows ?? [], now)
  if (closing.length > 0 && !isManual(closing) && !dryRun)
    throw new Refusal(explainClosing(environmentRef(name), closing, now), exitCode.findings)
  for (const window of closing) {
    const who = window.manualSync ? 'Argo CD syncs only what a person tells it to' : 'nothing may be synced'
    report(`${name}: ${who} ${describeEnd(window, now)}: ${window.description}`)
  }
}

/** What the refs would become: the environment's, and the hub's where everything is promoted. */
async function composeMoves(
  { root, environment, ...promotion }: Promotion,
  {
    refs,
    source,
    head,
    update,
  }: { refs: Refs; source: string; head: string | undefined; update: EnvironmentUpdate },
): Promise<RefMove[]> {
  const message = describePromotion({ root, environment, ...promotion }, update, source)
  const { files, removed } = update
  const after = await commitSigned(refs, environment, { message, files, removed }, head)
  const own = { ref: environmentRef(environment.definition.name), before: head, after }
  return promotion.releases === undefined ? [own, await composeHub(root, environment, refs, source)] : [own]
}

const hideChanges = ({ ref, groups }: RefChanges): RefChanges => ({ ref, groups: hideSecrets(groups) })

const describeMove = ({ ref, before, after }: RefMove) => ({
  ref,
  after,
  ...(before !== undefined && { before }),
})

/** Whether it may be promoted at all: listed by the hub, and as the ring before has it. */
async function checkPromotion(
  promotion: Promotion,
  update: EnvironmentUpdate,
  means: Means,
): Promise<Finding[]> {
  const { environment, releases, allowSkip } = promotion
  const unlisted = releases === undefined ? [] : await checkListed(means.refs, environment, update.changed)
  const skipped = allowSkip === undefined ? await checkEarlierRing(promotion, update, means) : []
  return [...unlisted, ...skipped]
}

async function renderNamed(
  { root, releases }: Pick<Promotion, 'root' | 'releases'>,
  { definition }: PlatformEnvironment,
  source: string,
  report: Report,
): Promise<RenderedRelease[]> {
  const own = selectReleases(root, [definition.name], undefined)
  const named = findNamed(own, releases, ({ release }) => release, 'release')
  return renderDelivery(root, named, source, report)
}

/** A promotion of everything takes away what the sources do not have any more. */
function listGone({ environment, releases }: Promotion, { releases: there }: DeliveredEnvironment): string[] {
  if (releases !== undefined) return []
  const names = new Set(environment.releases.map(({ name }) => name))
  return there.map(({ name }) => name).filter((name) => !names.has(name))
}

interface Means {
  refs: Refs
  source: string
  report: Report
}

async function checkEarlierRing(
  { root, platform, environment }: Promotion,
  { changed }: EnvironmentUpdate,
  { refs, source, report }: Means,
): Promise<Finding[]> {
  const ring = tierNames.indexOf(environment.tier.name) - 1
  const earlier = platform.environments.filter(({ tier }) => tierNames.indexOf(tier.name) === ring)
  const environments = []
  for (const one of earlier) {
    const { name } = one.definition
    const shared = changed.filter((release) => one.releases.some((other) => other.name === release))
    environments.push({
      name,
      delivered: await readEnvironment(refs.repository, await refs.look(environmentRef(name))),
      rendered: await renderNamed({ root, releases: shared }, one, source, report),
    })
  }
  return checkRings(changed, environments)
}
