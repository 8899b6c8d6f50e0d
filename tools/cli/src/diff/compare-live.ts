import { groupAlike, sortGroups } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef } from '@opencore/plan'
import { compareSides } from '../deliver/compare-sides.ts'
import { readSide, renderSide, type Side } from '../deliver/read-side.ts'
import type { Report } from '../output/run-steps.ts'
import { renderEmbedded } from '../up/real/render-embedded.ts'
import { findCommits } from './find-commits.ts'
import { listObjects, type Comparison, type ComparisonRequest } from './comparison.ts'
import { withLive } from './open-live.ts'
import { previewSides } from './preview-sides.ts'

/** What a cluster runs, and what its API server would make of this checkout, or of a commit of the environment's ref. */
export async function compareLive(
  { root, platform, name, names, to, context }: ComparisonRequest,
  environment: PlatformEnvironment,
  report: Report,
): Promise<Comparison> {
  const { namespace } = platform.defaults.delivery
  const { before, after, refused } = await withLive(
    { root, environment: name, namespace, context, report },
    async (live) => {
      const desired =
        to === undefined
          ? await renderDesired({ root, context }, environment, report)
          : await readSide(live.refs, (await findCommits(live.refs, environmentRef(name), { to })).after)
      report(`${name}: asking the API server what it would make of it`)
      return previewSides(live, { environment: name, namespace, desired, names })
    },
  )
  // What may not be changed the API server itself says.
  const rules = { environment, contracts: new Map(), fixed: new Map() }
  return {
    title: `${name}, as it runs`,
    groups: sortGroups([...groupAlike(refused), ...compareSides(rules, before, after, names)]),
    objects: listObjects(before, after, names),
    headings: { immutable: 'the cluster refuses' },
  }
}

/** What this checkout asks of a cluster of somebody's, or of the embedded platform. */
function renderDesired(
  { root, context }: Pick<ComparisonRequest, 'root' | 'context'>,
  environment: PlatformEnvironment,
  report: Report,
): Promise<Side> {
  const { name } = environment.definition
  return context === undefined ? renderEmbedded(root, environment, report) : renderSide(root, name, report)
}
