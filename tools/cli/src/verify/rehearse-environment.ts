import type { Judge, KubernetesObject } from '@opencore/cluster'
import { mergeValues, type ApiCatalogue, type Finding, type JsonObject } from '@opencore/contract'
import type { Platform } from '@opencore/model'
import type { ApprovedChange } from '@opencore/plan'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { RenderedObject } from '@opencore/verify'
import type { DiskRelease } from '@opencore/renderer'
import { countNouns } from '../output/count-nouns.ts'
import type { Base } from './base.ts'
import { describeUpdate } from './describe-update.ts'
import { findCauses } from './find-causes.ts'
import { findCauseApproval } from './find-cause-approval.ts'
import type { ChangedRelease } from './find-updates.ts'
import { renderEnvironment } from './render-environment.ts'

export interface RehearsalRequest {
  root: string
  platform: Platform
  base: Base
  /** Those of one environment that are rendered from something else now. */
  updates: readonly ChangedRelease[]
  /** Changes that a person carries out. */
  approved: readonly ApprovedChange[]
  /** What they render. */
  objects: readonly RenderedObject[]
  /** Those that the API server would not even create (see `identify`): the review says so already. */
  refused: ReadonlySet<string>
  judge: Pick<Judge, 'rehearse'>
  catalogue: ApiCatalogue
  report: (line: string) => void
}

/**
 * Rehearse the update of one environment: of each release whose chart or values differ from the merge base, what the
 * base renders is made to run, and what is rendered now is tried on top. Findings: UPDATE_REFUSED and
 * FIELD_FALLS_TO_DEFAULT, each at the layer that set the value which caused it, where one value did.
 */
export async function rehearseEnvironment(request: RehearsalRequest): Promise<Finding[]> {
  const { platform, base, updates: changed, judge, catalogue, report } = request
  const [first] = changed
  if (!first) return []
  report(`${first.after.environment}: rehearsing the update of ${countNouns(changed.length, 'release')}`)
  const earlier = await renderEnvironment(
    base.root,
    changed.map(({ before }) => before),
    catalogue,
    report,
  )
  const updates = changed.map(({ after }) => ({
    before: objectsOf(earlier.objects, after),
    after: objectsOf(request.objects, after),
  }))
  const verdicts = await judge.rehearse(updates)
  const findings: Finding[] = []
  for (const [index, { after }] of changed.entries()) {
    const said = (verdicts[index] ?? []).filter(({ id }) => !request.refused.has(id))
    const running = updates[index]?.before ?? []
    if (said.length === 0) continue
    const values = readBoth(request, after)
    const causes = await findCauses({ ...request, release: after, values, running, said })
    const named = `${after.environment}/${after.release}`
    findings.push(
      ...said.flatMap((verdict) => {
        const own = causes.get(verdict.id) ?? []
        const approvals = own.map((cause) => findCauseApproval(request.approved, named, values, cause))
        return describeUpdate({ platform, release: after, verdict, causes: own, approvals })
      }),
    )
  }
  return findings
}

/** A release's values with the chart's defaults, at the base and now. */
function readBoth({ root, base, platform }: RehearsalRequest, { chart, valuesFile }: DiskRelease) {
  const defaults = platform.charts.find(({ name }) => name === chart)?.contract.defaults ?? {}
  const read = (folder: string) =>
    mergeValues(defaults, (parse(readFileSync(join(folder, valuesFile), 'utf8')) ?? {}) as JsonObject)
  return [read(base.root), read(root)] as [JsonObject, JsonObject]
}

const objectsOf = (objects: readonly RenderedObject[], { release }: DiskRelease) =>
  objects.filter((rendered) => rendered.release === release).map(({ object }) => object as KubernetesObject)
