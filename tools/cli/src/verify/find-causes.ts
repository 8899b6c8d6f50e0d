import { identify, type Judge, type KubernetesObject, type UpdateVerdict } from '@opencore/cluster'
import { printYaml, type ApiCatalogue, type JsonObject } from '@opencore/contract'
import { renderReleases, toRequests, type DiskRelease } from '@opencore/renderer'
import { diffValues, takeBack, type ChangedValue } from '@opencore/plan'
import { readRendered } from './render-environment.ts'

/** More changes than this at once are no single step that anybody could be led to. */
const MOST_CHANGES = 32

export interface CauseRequest {
  root: string
  release: DiskRelease
  /** Its values, as it runs and as it comes, with the chart's defaults. */
  values: readonly [before: JsonObject, after: JsonObject]
  /** What the release rendered at the merge base. */
  running: readonly KubernetesObject[]
  /** What was said of its update. */
  said: readonly UpdateVerdict[]
  judge: Pick<Judge, 'rehearse'>
  catalogue: ApiCatalogue
  report: (line: string) => void
}

/**
 * The changed values without which a verdict would not be: each change is taken back alone, and the rest is rendered
 * and rehearsed again. By the id of the verdict's object; none where no single value makes the difference.
 */
export async function findCauses(request: CauseRequest): Promise<Map<string, ChangedValue[]>> {
  const { root, release, values, running, said, judge, catalogue, report } = request
  const [, after] = values
  const changes = diffValues(...values)
  const causes = new Map<string, ChangedValue[]>(said.map(({ id }) => [id, []]))
  if (changes.length > MOST_CHANGES) return causes
  const [asked] = toRequests(root, [release])
  if (asked === undefined) return causes
  const variants = changes.map((change, index) => ({
    ...asked,
    id: String(index),
    values: printYaml(takeBack(after, change)),
  }))
  const concerned = new Set(said.map(({ id }) => id))
  const rendered: { change: ChangedValue; after: KubernetesObject[] }[] = []
  for await (const { id, objects } of renderReleases(variants, report)) {
    const change = changes[Number(id)]
    if (change === undefined || objects === undefined) continue
    const read = readRendered(release, objects, catalogue)
    const all = read.ok ? read.value.map(({ object }) => object as KubernetesObject) : []
    rendered.push({ change, after: all.filter((object) => concerned.has(identify(object))) })
  }
  const verdicts = await judge.rehearse(
    rendered.map((variant) => ({ before: running, after: variant.after })),
  )
  for (const [index, { change }] of rendered.entries()) {
    const still = new Map((verdicts[index] ?? []).map((verdict) => [verdict.id, verdict]))
    for (const verdict of said)
      if (!isSame(verdict, still.get(verdict.id))) causes.get(verdict.id)?.push(change)
  }
  return causes
}

/** Whether as much is said without the change; fewer fields or reasons mean that it had a part. */
function isSame(verdict: UpdateVerdict, other: UpdateVerdict | undefined): boolean {
  return (
    verdict.refused.length === (other?.refused.length ?? 0) &&
    verdict.fallen.length === (other?.fallen.length ?? 0)
  )
}
