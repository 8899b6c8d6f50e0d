import type { Judge, KubernetesObject } from '@opencore/cluster'
import type { ApiCatalogue, Finding } from '@opencore/contract'
import type { Platform } from '@opencore/model'
import type { RenderedObject } from '@opencore/verify'
import { digestChart } from '@opencore/charts'
import { toRequests, type DiskRelease } from '@opencore/renderer'
import type { Base } from './base.ts'
import { describeUpdate } from './describe-update.ts'
import { findCauses } from './find-causes.ts'
import { renderEnvironment } from './render-environment.ts'

export interface RehearsalRequest {
  root: string
  platform: Platform
  base: Base
  /** Of one environment, as read from disk. */
  releases: readonly DiskRelease[]
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
  const { platform, base, releases, judge, catalogue, report } = request
  const changed = await findChanged(request)
  if (changed.length === 0) return []
  report(`${releases[0]?.environment ?? ''}: rehearsing the update of ${changed.length} releases`)
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
    const causes = await findCauses({ ...request, release: after, running, said })
    findings.push(
      ...said.flatMap((verdict) =>
        describeUpdate({ platform, release: after, verdict, causes: causes.get(verdict.id) ?? [] }),
      ),
    )
  }
  return findings
}

const objectsOf = (objects: readonly RenderedObject[], { release }: DiskRelease) =>
  objects.filter((rendered) => rendered.release === release).map(({ object }) => object as KubernetesObject)

/** Releases that were there, in the same namespace, and are rendered from something else now. */
async function findChanged({ root, base, releases }: RehearsalRequest) {
  const known = new Map(
    base.releases.map((release) => [`${release.environment}/${release.release}`, release]),
  )
  const pairs = releases.flatMap((after) => {
    const before = known.get(`${after.environment}/${after.release}`)
    return before?.namespace === after.namespace && before.chart === after.chart ? [{ before, after }] : []
  })
  const inputs = async (folder: string, side: 'before' | 'after') => {
    const requests = toRequests(
      folder,
      pairs.map((pair) => pair[side]),
    )
    const charts = new Map<string, Promise<string>>()
    for (const { chart } of requests) if (!charts.has(chart)) charts.set(chart, digestChart(chart))
    return Promise.all(
      requests.map(async ({ chart, values, kubeVersion }) =>
        [await charts.get(chart), values, kubeVersion].join('\0'),
      ),
    )
  }
  const [before, after] = await Promise.all([inputs(base.root, 'before'), inputs(root, 'after')])
  return pairs.filter((_, index) => before[index] !== after[index])
}
