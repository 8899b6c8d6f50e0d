import type { Finding } from '@opencore/contract'
import { compareObjects, groupChanges, type ChangeGroup } from '@opencore/delivery'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import { environmentRef, hubRef } from '@opencore/plan'
import { Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { findNamed } from '../releases/find-named.ts'
import { checkRevision } from './check-revision.ts'
import { compareRunning } from './compare-running.ts'
import { compareSides } from './compare-sides.ts'
import type { Headings } from './format-diff.ts'
import { generatedHubSide, readHubSide } from './hub-side.ts'
import { loadRules } from './load-rules.ts'
import { openRefs } from './open-refs.ts'
import { readRange } from './read-range.ts'
import { readSide, renderSide, type Side } from './read-side.ts'
import { renderSources } from './render-sources.ts'

/** What a person wants to have compared. */
export interface ComparisonRequest {
  root: string
  platform: Platform
  /** An environment, or a hub's ref. */
  name: string
  /** Releases, of a hub environments; all where there are none. The first may be another environment. */
  names: readonly string[]
  /** Commits of the ref, in the place of its head and of what this checkout renders. */
  from: string | undefined
  to: string | undefined
  /** Commits of the sources. */
  sources: string | undefined
}

export interface Comparison {
  /** What is compared. */
  title: string
  groups: ChangeGroup[]
  headings?: Headings
  /** What else is to be said. */
  note?: string
}

/** Compare what is asked for. */
export async function compare(request: ComparisonRequest, report: Report): Promise<Comparison> {
  const { root, platform, name, names } = request
  const { environments } = platform
  if (name.startsWith('hub/')) return compareHub(request)
  const nameOf = ({ definition }: PlatformEnvironment) => definition.name
  const [environment] = findNamed(environments, [name], nameOf, 'environment')
  if (environment === undefined) throw new Error(`findNamed let ${name} pass`)
  const other = environments.find((one) => nameOf(one) === names[0])
  if (other) return compareTwo(request, environment, other)
  const { before, after } =
    request.sources === undefined
      ? await readSides(request, report)
      : await renderSources(root, await readRange(root, request.sources), name, report)
  const rules = await loadRules(platform, environment, report)
  return { title: name, groups: compareSides(rules, before, after, names) }
}

/** What is on an environment's ref, and what this checkout renders; or other commits of the ref. */
async function readSides(
  { root, name, from, to }: ComparisonRequest,
  report: Report,
): Promise<{ before: Side; after: Side }> {
  const refs = await openRefs(root)
  const ref = environmentRef(name)
  const head = await refs.look(ref)
  const find = (revision: string) => checkRevision(refs, ref, head, revision)
  const [first, second] = [
    from === undefined ? head : await find(from),
    to === undefined ? to : await find(to),
  ]
  const before = await readSide(refs, first)
  const after = second === undefined ? await renderSide(root, name, report) : await readSide(refs, second)
  return { before, after }
}

async function compareTwo(
  { root, name, names, from, to, sources }: ComparisonRequest,
  environment: PlatformEnvironment,
  other: PlatformEnvironment,
): Promise<Comparison> {
  const [second = '', ...releases] = names
  if (from !== undefined || to !== undefined || sources !== undefined)
    throw new Refusal([betweenEnvironments(name, second)])
  const { groups, leftOut } = await compareRunning(await openRefs(root), environment, other, releases)
  return {
    title: `${name} and ${second}`,
    groups,
    headings: {
      removal: `only in ${name}`,
      addition: `only in ${second}`,
      definition: 'versions of charts',
    },
    note: `left out: ${leftOut} values that differ as the two do: name, region, zones, domain, addresses, buckets, roles`,
  }
}

/** What is on a hub's ref, and what this checkout has of its environments; or other commits of the ref. */
async function compareHub({
  root,
  platform,
  name: ref,
  names,
  from,
  to,
  sources,
}: ComparisonRequest): Promise<Comparison> {
  findNamed(
    [...new Set(platform.environments.map(hubRef))],
    [ref],
    (hub) => hub,
    'hub',
    `opencore diff ${ref}`,
  )
  if (sources !== undefined) throw new Refusal([onlyRefs(ref)])
  const refs = await openRefs(root)
  const head = await refs.look(ref)
  const find = (revision: string) => checkRevision(refs, ref, head, revision)
  const [first, second] = [
    from === undefined ? head : await find(from),
    to === undefined ? to : await find(to),
  ]
  const served = platform.environments.filter((environment) => hubRef(environment) === ref)
  const own = served.map(({ definition }) => definition.name)
  const before = await readHubSide(refs, first)
  const after = second === undefined ? await generatedHubSide(root, own) : await readHubSide(refs, second)
  // What of an environment that the model does not have any more is there, no promotion takes away.
  const known = second === undefined ? own : [...new Set([...before.keys(), ...after.keys()])]
  const named = findNamed(known, names.length === 0 ? undefined : names, (one) => one, 'environment')
  const [left, right] = [before, after].map((side) => named.flatMap((one) => side.get(one)?.objects ?? []))
  return { title: ref, groups: groupChanges(compareObjects(left ?? [], right ?? [])) }
}

const usage = (command: string, found: string, wanted: string): Finding => ({
  code: 'USAGE',
  severity: 'error',
  at: { file: command },
  found,
  wanted,
  next: 'leave them out',
})

const betweenEnvironments = (name: string, other: string) =>
  usage(
    `opencore diff ${name} ${other}`,
    '--from, --to and --sources name commits of one environment',
    'what both run now',
  )

const onlyRefs = (ref: string) =>
  usage(
    `opencore diff ${ref}`,
    '--sources names commits of what is rendered',
    'commits of the hub’s ref, by --from and --to',
  )
