import {
  type ChangeGroup,
  sortGroups,
  type EnvironmentUpdate,
  type HandledEnvironment,
  type RenderedRelease,
} from '@opencore/delivery'
import { CODE_OWNERS_FILE, environmentRef, hubRef } from '@opencore/plan'
import type { Report } from '../output/run-steps.ts'
import { groupHubChanges } from './compare-hubs.ts'
import { compareSides } from './compare-sides.ts'
import { generatedHubSide, plannedHubSide, readHubSide } from './hub-side.ts'
import { loadRules } from './load-rules.ts'
import type { Refs } from './open-refs.ts'
import type { Listing } from './plan-listing.ts'
import { groupGround, repairsOf } from './group-ground.ts'
import { hideSecrets } from './hide-secrets.ts'
import { isWhole, type Promotion } from './promotion.ts'
import { deliveredSide, renderedSide } from './read-side.ts'

/** What changes on a ref, grouped as `diff` does. */
export interface RefChanges {
  ref: string
  groups: ChangeGroup[]
}

interface Coming {
  refs: Refs
  before: HandledEnvironment
  /** Whether Argo CD takes the head of the environment's ref. */
  isTaken: boolean
  rendered: readonly RenderedRelease[]
  update: EnvironmentUpdate
  listing: Listing | undefined
}

/** What a promotion changes: on the environment's ref, and on its hub's, where everything is promoted or a release is new there; nothing of a ref that stays. */
export async function compareUpdate(
  promotion: Promotion,
  { refs, before, isTaken, rendered, update, listing }: Coming,
  report: Report,
): Promise<RefChanges[]> {
  const { root, platform, environment } = promotion
  const { name } = environment.definition
  const there = deliveredSide(before.releases, repairsOf(environment, isTaken))
  const named = [...update.changed, ...update.removed.filter((release) => there.has(release))]
  const rules = named.length === 0 ? undefined : await loadRules(platform, environment, report)
  const own = rules ? compareSides(rules, there, renderedSide(rendered), named) : []
  const ground = groupGround({
    environment: name,
    // What goes is told by itself.
    there: { ...before, strangers: [] },
    isTaken,
    names: promotion.releases ?? [],
    known: environment.releases.map((release) => release.name),
    owners: update.files.find(({ path }) => path === CODE_OWNERS_FILE)?.text,
  })
  const changes = [{ ref: environmentRef(name), groups: sortGroups([...ground, ...own]) }]
  if (isWhole(promotion) || listing) {
    const ref = hubRef(environment)
    const sides = [
      await readHubSide(refs, await refs.look(ref)),
      listing ? plannedHubSide(listing.files) : await generatedHubSide(root, [name]),
    ]
    const [old = [], now = []] = sides.map((side) => side.get(name)?.objects ?? [])
    changes.push({ ref, groups: groupHubChanges(old, now) })
  }
  return changes.filter(({ groups }) => groups.length > 0)
}

/** What going back to an earlier state changes, of all of an environment or of one release. */
export async function compareReturn(
  {
    platform,
    environment,
    release,
  }: Pick<Promotion, 'platform' | 'environment'> & { release?: string | undefined },
  { there, then, isTaken }: Record<'there' | 'then', HandledEnvironment> & { isTaken: boolean },
  report: Report,
): Promise<RefChanges[]> {
  const rules = await loadRules(platform, environment, report)
  const named = release === undefined ? [] : [release]
  const { name } = environment.definition
  const before = deliveredSide(there.releases, repairsOf(environment, isTaken))
  const after = deliveredSide(then.releases, () => ({ at: then.commit ?? '' }))
  // On top of a head that Argo CD takes, who approves stays; else nothing of it does.
  const owners = isTaken ? undefined : (then.owners ?? '')
  const ground = groupGround({
    environment: name,
    // What goes is told by itself, and what comes back is a change.
    there: { ...there, strangers: [], lost: [] },
    isTaken,
    names: named,
    known: [],
    owners,
  })
  const groups = sortGroups([...ground, ...compareSides(rules, before, after, named)])
  return groups.length === 0 ? [] : [{ ref: environmentRef(name), groups }]
}

/** For scripts and logs: without what may be a secret. */
export const hideChanges = ({ ref, groups }: RefChanges): RefChanges => ({ ref, groups: hideSecrets(groups) })
