import {
  compareObjects,
  groupChanges,
  type ChangeGroup,
  type DeliveredEnvironment,
  type EnvironmentUpdate,
  type RenderedRelease,
} from '@opencore/delivery'
import { environmentRef, hubRef } from '@opencore/plan'
import type { Report } from '../output/run-steps.ts'
import { compareSides } from './compare-sides.ts'
import { generatedHubSide, readHubSide } from './hub-side.ts'
import { loadRules } from './load-rules.ts'
import type { Refs } from './open-refs.ts'
import { isWhole, type Promotion } from './promotion.ts'
import { deliveredSide, renderedSide } from './read-side.ts'

/** What changes on a ref, grouped as `diff` does. */
export interface RefChanges {
  ref: string
  groups: ChangeGroup[]
}

interface Coming {
  refs: Refs
  before: DeliveredEnvironment
  rendered: readonly RenderedRelease[]
  update: EnvironmentUpdate
}

/** What a promotion changes: on the environment's ref, and where everything is promoted on its hub's; nothing of a ref that stays. */
export async function compareUpdate(
  promotion: Promotion,
  { refs, before, rendered, update }: Coming,
  report: Report,
): Promise<RefChanges[]> {
  const { root, platform, environment } = promotion
  const { name } = environment.definition
  const there = deliveredSide(before.releases)
  const named = [...update.changed, ...update.removed.filter((release) => there.has(release))]
  const rules = named.length === 0 ? undefined : await loadRules(platform, environment, report)
  const own = rules ? compareSides(rules, there, renderedSide(rendered), named) : []
  const changes = [{ ref: environmentRef(name), groups: own }]
  if (isWhole(promotion)) {
    const ref = hubRef(environment)
    const sides = [await readHubSide(refs, await refs.look(ref)), await generatedHubSide(root, [name])]
    const [old = [], now = []] = sides.map((side) => side.get(name)?.objects ?? [])
    changes.push({ ref, groups: groupChanges(compareObjects(old, now)) })
  }
  return changes.filter(({ groups }) => groups.length > 0)
}
