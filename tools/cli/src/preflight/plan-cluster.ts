import type { ApiCatalogue } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { readReleases } from '@opencore/renderer'
import { describeEnvironment, viewObjects } from '@opencore/verify'
import { Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { renderEnvironment } from '../verify/render-environment.ts'
import type { ClusterWanted } from './cluster/cluster-wanted.ts'
import { planDefinitions } from './plan-definitions.ts'

/** What the releases of an environment want of its cluster: by what they render, so that nothing is listed twice. */
export async function planCluster(
  root: string,
  {
    context,
    environment,
    catalogue,
  }: { context: string; environment: PlatformEnvironment; catalogue: ApiCatalogue },
  report: Report,
): Promise<ClusterWanted> {
  const releases = readReleases(root)
  if (!releases.ok) throw new Refusal(releases.findings)
  const own = releases.value.filter((release) => release.environment === environment.definition.name)
  const { complete } = await renderEnvironment(root, own, catalogue, report)
  if (!complete.ok) throw new Refusal(complete.findings)
  const objects = complete.value.flat()
  return {
    context,
    environment,
    view: viewObjects(describeEnvironment(environment, objects, [])),
    sources: await planDefinitions(catalogue, objects),
  }
}
