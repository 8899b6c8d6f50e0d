import type { Finding } from '@opencore/contract'
import { success } from '@opencore/contract/findings'
import {
  composeUpdate,
  type DeliveredEnvironment,
  type EnvironmentUpdate,
  type HandledEnvironment,
  type RenderedRelease,
} from '@opencore/delivery'
import { environmentRef, printRefOwners } from '@opencore/plan'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { checkEarlier } from './check-earlier.ts'
import { checkOlder } from './check-older.ts'
import { compareUpdate, type RefChanges } from './compare-update.ts'
import { tellRefused, type Head } from './look-head.ts'
import type { Refs } from './open-refs.ts'
import { planListing } from './plan-listing.ts'
import { isAnew, isWhole, type Promotion } from './promotion.ts'
import { readListed } from './read-listed.ts'
import { refuseAbsent } from './refuse-absent.ts'
import { refuseErrors } from './refuse-errors.ts'
import { renderParts, type SourcePart } from './render-parts.ts'
import { tellStrangers } from './tell-strangers.ts'
import { verifyPromotion } from './verify-promotion.ts'

interface Means {
  refs: Refs
  /** The commit that is checked out. */
  source: string
  report: Report
  /** What the releases come from. */
  parts: readonly SourcePart[]
  head: Head
  before: HandledEnvironment
  /** It is refused already: what is wrong as well is said, and nothing is verified. */
  isRefused: boolean
  /** Is told what changes, before it is verified. */
  show: (changes: readonly RefChanges[]) => void
}

/** What the environment's ref would become, verified, and the commits that what changes was rendered from. */
export async function planUpdate(
  promotion: Promotion,
  { refs, source, report, parts, head, before, show, isRefused }: Means,
) {
  const { name } = promotion.environment.definition
  refuseAbsent(promotion, before)
  const rendered = await renderParts(name, parts, report)
  const { from } = promotion
  if (head.commit === undefined && from !== undefined && rendered.length === 0)
    throw new Refusal([nothingShared(name, from)], exitCode.findings)
  const gone = isWhole(promotion) ? listGone(promotion, before) : []
  tellStrangers(environmentRef(name), before, report)
  const anew = isAnew(promotion, head)
  const owners = planOwners(promotion, anew, before, rendered)
  const update = composeUpdate(before, rendered, gone, { isAnew: anew, owners })
  if (head.refused) {
    refuseStaying(head.refused, { before, rendered, update })
    tellRefused(head.refused, name, report)
  }
  const older = await checkOlder(promotion, { refs, before, update, source })
  if (older.length > 0) throw new Refusal(older, exitCode.findings)
  const { allowSkip, platform, environment } = promotion
  const means = { refs, report, parts }
  const skipped =
    allowSkip === undefined ? await checkEarlier(platform, environment, update.changed, means) : []
  // What is named is read by somebody afterwards, also where only the pull request of the hub was closed.
  const unread = promotion.releases ? rendered.map(({ release }) => release) : update.changed
  const listed = isWhole(promotion) ? success(undefined) : await planListing(promotion, refs, unread)
  const unlisted = listed.ok ? [] : listed.findings
  if (!listed.ok || skipped.length > 0 || isRefused)
    throw new Refusal([...unlisted, ...skipped], exitCode.findings)
  const listing = listed.value
  const changes = await compareUpdate(
    promotion,
    { refs, before, isTaken: !head.refused, rendered, update, listing },
    report,
  )
  show(changes)
  if (anew || update.changed.length + update.removed.length > 0) {
    report(`${name}: verifying what will be there`)
    const hub = isWhole(promotion) || listing ? undefined : (await readListed(refs, environment)).there
    refuseErrors(await verifyPromotion(promotion, before, { update, hub, rendered, report }), report)
  }
  const changed = rendered.filter(({ release }) => update.changed.includes(release))
  return {
    update,
    changes,
    listing,
    sources: [...new Set(changed.map(({ sourceCommit }) => sourceCommit))].sort(),
  }
}

/** Whoever promotes a release by its name changes nothing of who approves the others: one that is new gets its team. */
function planOwners(
  promotion: Promotion,
  isAll: boolean,
  { releases, owners }: DeliveredEnvironment,
  rendered: readonly RenderedRelease[],
): string | undefined {
  const { platform, environment } = promotion
  const print = (names: readonly string[]) => printRefOwners(platform, names)
  if (isWhole(promotion) || isAll) return print(environment.releases.map(({ name }) => name))
  const there = releases.map(({ name }) => name)
  return owners === print(there) ? print([...there, ...rendered.map(({ release }) => release)]) : undefined
}

/** A promotion of everything takes away what the sources do not have any more. */
function listGone({ environment }: Promotion, { releases }: DeliveredEnvironment): string[] {
  const names = new Set(environment.releases.map(({ name }) => name))
  return releases.map(({ name }) => name).filter((name) => !names.has(name))
}

/** Without a release, the first commit would be an environment that nothing runs in. */
const nothingShared = (environment: string, from: string): Finding => ({
  code: 'FROM_LACKS',
  severity: 'error',
  at: { file: environmentRef(environment) },
  found: `nothing of what ${from} runs is for ${environment}`,
  wanted: 'a release that both have',
  next: `opencore promote ${environment}: as this checkout has it`,
})

/** On top of a head that Argo CD does not take, nothing stays that is not rendered now. */
function refuseStaying(
  refused: Finding,
  coming: { before: DeliveredEnvironment; rendered: readonly RenderedRelease[]; update: EnvironmentUpdate },
): void {
  const known = new Set([...coming.rendered.map(({ release }) => release), ...coming.update.removed])
  if (coming.before.releases.some(({ name }) => !known.has(name)))
    throw new Refusal([refused], exitCode.findings)
}
