import { checkSigner, isTaken, readWithHands, type ChangeGroup } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef, printRefOwners } from '@opencore/plan'
import { findMissing } from '../deliver/find-missing.ts'
import { groupGround, repairsOf } from '../deliver/group-ground.ts'
import { checkForeign } from '../deliver/look-head.ts'
import { openReadRefs } from '../deliver/open-read-refs.ts'
import type { Refs } from '../deliver/open-refs.ts'
import { deliveredSide, readSide, renderSide, type Side } from '../deliver/read-side.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import type { ComparisonRequest } from './comparison.ts'
import { renderEmbedded } from '../up/real/render-embedded.ts'
import { findCommits } from './find-commits.ts'

export interface Sides {
  before: Side
  after: Side
  /** What is otherwise on the ref than commands left it, beside its releases. */
  ground: ChangeGroup[]
  /** Whether the ref is not any more as the sides that are its own were. */
  isPast: boolean
}

/** What is on an environment's ref, and what this checkout renders; or other commits of the ref. */
export async function readSides(
  request: ComparisonRequest,
  environment: PlatformEnvironment,
  report: Report,
): Promise<Sides> {
  const { root, name, from, to } = request
  const { refs, isEmbedded } = await openReadRefs(root, [name], report)
  const missing = await findMissing(refs, request.platform, [environment], 'a ref with commits to compare')
  if (missing.length > 0 && (from !== undefined || to !== undefined))
    throw new Refusal(missing, exitCode.findings)
  for (const { found, next } of missing) report(`${found}, so all of it is new; next: ${next}`)
  const commits = await findCommits(refs, environmentRef(name), { from, to })
  const head = await refs.look(environmentRef(name))
  const now = await readNow(refs, environment, { head, isEmbedded })
  const sideOf = async (commit: string | undefined) => (commit === head ? now.side : readSide(refs, commit))
  const renderHere = () =>
    isEmbedded ? renderEmbedded(root, environment, report) : renderSide(root, name, report)
  const isPast = commits.before !== head && commits.after !== head
  const isWhole = commits.before === head && commits.after === undefined && request.names.length === 0
  const known = environment.releases.map((release) => release.name)
  const foreign = isEmbedded ? undefined : await checkForeign(refs, environment, environmentRef(name), head)
  if (foreign) report(`${environmentRef(name)}: ${foreign.found}; ${foreign.next}`)
  return {
    before: await sideOf(commits.before),
    after: commits.after === undefined ? await renderHere() : await sideOf(commits.after),
    ground: isPast
      ? []
      : groupGround({
          environment: name,
          there: now.there,
          isTaken: now.isTaken,
          isEmbedded,
          names: request.names,
          known,
          // Nobody approves what `up` writes.
          owners: isWhole && !isEmbedded ? printRefOwners(request.platform, known) : undefined,
        }),
    isPast,
  }
}

/** The head of the ref, with what repairs what somebody changed by hand. */
async function readNow(
  refs: Refs,
  environment: PlatformEnvironment,
  { head, isEmbedded }: { head: string | undefined; isEmbedded: boolean },
) {
  const there = await readWithHands(refs.repository, head)
  const keys = environment.tier.delivery.signingKeys ?? []
  // The embedded platform signs with a key of its own.
  const taken = head === undefined || isEmbedded || isTaken(await checkSigner(refs.repository, head, keys))
  const side = deliveredSide(there.releases, repairsOf(environment, taken, isEmbedded))
  return { there, side, isTaken: taken }
}
