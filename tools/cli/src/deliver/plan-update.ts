import type { Finding } from '@opencore/contract'
import {
  composeUpdate,
  type DeliveredEnvironment,
  type EnvironmentUpdate,
  type RenderedRelease,
} from '@opencore/delivery'
import { environmentRef, printRefOwners } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { checkEarlier } from './check-earlier.ts'
import { compareUpdate, type RefChanges } from './compare-update.ts'
import { checkListed } from './check-listed.ts'
import { tellRefused, type Head } from './look-head.ts'
import type { Refs } from './open-refs.ts'
import { isAnew, isWhole, type Promotion } from './promotion.ts'
import { refuseErrors } from './refuse-errors.ts'
import { renderParts, type SourcePart } from './render-parts.ts'
import { verifyPromotion } from './verify-promotion.ts'

interface Means {
  refs: Refs
  report: Report
  /** What the releases come from. */
  parts: readonly SourcePart[]
  head: Head
  before: DeliveredEnvironment
  /** Is told what changes, before it is verified. */
  show: (changes: readonly RefChanges[]) => void
}

/** What the environment's ref would become, verified, and the commits that what changes was rendered from. */
export async function planUpdate(promotion: Promotion, { refs, report, parts, head, before, show }: Means) {
  const { name } = promotion.environment.definition
  const rendered = await renderParts(name, parts, report)
  const gone = isWhole(promotion) ? listGone(promotion, before) : []
  tellDrift(promotion, before, rendered, report)
  const anew = isAnew(promotion, head)
  // Whoever promotes a release by its name changes nothing of who approves the others.
  const owners = isWhole(promotion) || anew ? printOwners(promotion) : undefined
  const update = composeUpdate(before, rendered, gone, { isAnew: anew, owners })
  if (head.refused) {
    refuseStaying(head.refused, { before, rendered, update })
    tellRefused(head.refused, name, report)
  }
  const findings = await checkPromotion(promotion, update, { refs, report, parts })
  if (findings.length > 0) throw new Refusal(findings, exitCode.findings)
  const changes = await compareUpdate(promotion, { refs, before, rendered, update }, report)
  show(changes)
  if (anew || update.changed.length + update.removed.length > 0) {
    report(`${name}: verifying what will be there`)
    refuseErrors(await verifyPromotion(promotion, before, { update, rendered, report }), report)
  }
  const changed = rendered.filter(({ release }) => update.changed.includes(release))
  return { update, changes, sources: [...new Set(changed.map(({ sourceCommit }) => sourceCommit))].sort() }
}

const printOwners = ({ platform, environment }: Promotion) =>
  printRefOwners(
    platform,
    environment.releases.map(({ name }) => name),
  )

/** What is written again, and why the diff is not only the sources'. */
function tellDrift(
  { environment }: Promotion,
  { releases, strangers }: DeliveredEnvironment,
  rendered: readonly RenderedRelease[],
  report: Report,
): void {
  const { name } = environment.definition
  const ref = environmentRef(name)
  for (const release of releases.filter((one) => rendered.some((coming) => coming.release === one.name)))
    if (release.drift !== undefined)
      report(
        `${ref}:${release.name}: somebody changed it by hand (${release.drift}), and it is written again; opencore history ${name} ${release.name} says who did`,
      )
  for (const path of strangers) report(`${ref}:${path}: no promotion wrote it, and it goes`)
}

/** A promotion of everything takes away what the sources do not have any more. */
function listGone({ environment }: Promotion, { releases }: DeliveredEnvironment): string[] {
  const names = new Set(environment.releases.map(({ name }) => name))
  return releases.map(({ name }) => name).filter((name) => !names.has(name))
}

/** On top of a head that Argo CD does not take, nothing stays that is not rendered now. */
function refuseStaying(
  refused: Finding,
  coming: { before: DeliveredEnvironment; rendered: readonly RenderedRelease[]; update: EnvironmentUpdate },
): void {
  const known = new Set([...coming.rendered.map(({ release }) => release), ...coming.update.removed])
  if (coming.before.releases.some(({ name }) => !known.has(name)))
    throw new Refusal([refused], exitCode.findings)
}

/** Whether it may be promoted at all: listed by the hub, and as those have it that come first. */
async function checkPromotion(
  promotion: Promotion,
  { changed }: EnvironmentUpdate,
  means: Pick<Means, 'refs' | 'report' | 'parts'>,
): Promise<Finding[]> {
  const { platform, environment, allowSkip } = promotion
  const unlisted = isWhole(promotion) ? [] : await checkListed(means.refs, environment, changed)
  const skipped = allowSkip === undefined ? await checkEarlier(platform, environment, changed, means) : []
  return [...unlisted, ...skipped]
}
