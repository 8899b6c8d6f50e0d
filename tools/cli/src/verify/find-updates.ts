import { digestChart } from '@opencore/charts'
import { toRequests, type DiskRelease } from '@opencore/renderer'
import type { Base } from './base.ts'

/** A release that is rendered from something else than at the merge base. */
export interface ChangedRelease {
  before: DiskRelease
  after: DiskRelease
  /** What it was rendered from, as text. */
  from: string
}

/** Releases that were there, in the same namespace, and are rendered from something else now. */
export async function findUpdates(
  base: Base,
  releases: readonly DiskRelease[],
  inputs: ReleaseInputs,
): Promise<ChangedRelease[]> {
  const known = new Map(base.releases.map((release) => [idOf(release), release]))
  const earlier = await readInputs(base.root, base.releases)
  return releases.flatMap((after) => {
    const before = known.get(idOf(after))
    if (!isSameKind(before, after)) return []
    const from = earlier.get(before) ?? ''
    return from === inputs.get(after) ? [] : [{ before, after, from }]
  })
}

/** Releases that were not there, or as something else: another chart, or in another namespace. */
export function listNew(base: Base, releases: readonly DiskRelease[]): DiskRelease[] {
  const known = new Map(base.releases.map((release) => [idOf(release), release]))
  return releases.filter((release) => !isSameKind(known.get(idOf(release)), release))
}

const isSameKind = (before: DiskRelease | undefined, after: DiskRelease): before is DiskRelease =>
  before?.namespace === after.namespace && before.chart === after.chart

/** All that releases are rendered from, as text: chart by digest, values, names, the version of Kubernetes. */
export type ReleaseInputs = ReadonlyMap<DiskRelease, string>

export async function readInputs(root: string, releases: readonly DiskRelease[]): Promise<ReleaseInputs> {
  const requests = toRequests(root, releases)
  const charts = [...new Set(requests.map(({ chart }) => chart))]
  const digests = new Map(
    await Promise.all(charts.map(async (chart) => [chart, await digestChart(chart)] as const)),
  )
  return new Map(
    releases.map((release, index) => {
      const { chart = '', values, kubeVersion } = requests[index] ?? {}
      const { release: name, namespace } = release
      return [release, JSON.stringify([digests.get(chart), values, name, namespace, kubeVersion])]
    }),
  )
}

const idOf = ({ environment, release }: DiskRelease) => `${environment}/${release}`
