import { hubRef } from '@opencore/plan'
import { groupHubChanges } from '../deliver/compare-hubs.ts'
import { generatedHubSide, readHubSide } from '../deliver/hub-side.ts'
import { openRefs } from '../deliver/open-refs.ts'
import { Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { findNamed } from '../releases/find-named.ts'
import { findCommits } from './find-commits.ts'
import { listObjects, usage, type Comparison, type ComparisonRequest } from './comparison.ts'

/** What is on a hub's ref, and what this checkout has of its environments; or other commits of the ref. */
export async function compareHub(
  { root, platform, name: ref, names, from, to, sources, live }: ComparisonRequest,
  report: Report,
): Promise<Comparison> {
  findNamed(
    [...new Set(platform.environments.map(hubRef))],
    [ref],
    (hub) => hub,
    'hub',
    `opencore diff ${ref}`,
  )
  if (sources !== undefined || live) throw new Refusal([onlyRefs(ref)])
  const refs = await openRefs(root, report)
  const commits = await findCommits(refs, ref, { from, to })
  const served = platform.environments.filter((environment) => hubRef(environment) === ref)
  const own = served.map(({ definition }) => definition.name)
  const before = await readHubSide(refs, commits.before)
  const isGenerated = commits.after === undefined
  const after = isGenerated ? await generatedHubSide(root, own) : await readHubSide(refs, commits.after)
  // What of an environment that the model does not have any more is there, no promotion takes away.
  const known = isGenerated ? own : [...new Set([...before.keys(), ...after.keys()])]
  const named = findNamed(
    known,
    names.length === 0 ? undefined : names,
    (one) => one,
    'environment',
    `opencore diff ${ref}`,
  )
  const objects = listObjects(before, after, named)
  return { title: ref, groups: groupHubChanges(objects.before, objects.after), objects }
}

const onlyRefs = (ref: string) =>
  usage(
    `opencore diff ${ref}`,
    '--sources and --live are about what is rendered',
    'commits of the hub’s ref, by --from and --to',
  )
