import type { PlatformEnvironment } from '@opencore/model'
import { sortGroups } from '@opencore/delivery'
import { compareSides } from '../deliver/compare-sides.ts'
import { loadRules } from '../deliver/load-rules.ts'
import { openReadRefs } from '../deliver/open-read-refs.ts'
import { Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { findNamed } from '../releases/find-named.ts'
import { compareHub } from './compare-hub.ts'
import { compareLive } from './compare-live.ts'
import { compareRunning } from './compare-running.ts'
import { listObjects, usage, type Comparison, type ComparisonRequest } from './comparison.ts'
import { readRange } from './read-range.ts'
import { readSides, type Sides } from './read-sides.ts'
import { renderSources } from './render-sources.ts'

/** Compare what is asked for. */
export async function compare(request: ComparisonRequest, report: Report): Promise<Comparison> {
  const { root, platform, name, names } = request
  const { environments } = platform
  if (name.startsWith('hub/')) return compareHub(request, report)
  const nameOf = ({ definition }: PlatformEnvironment) => definition.name
  const [environment] = findNamed(environments, [name], nameOf, 'environment', '<environment>')
  if (environment === undefined) throw new Error(`findNamed let ${name} pass`)
  const other = environments.find((one) => nameOf(one) === names[0])
  if (other) return compareTwo(request, environment, other, report)
  if (request.live) return compareLive(request, environment, report)
  const {
    before,
    after,
    ground = [],
    isPast = false,
  }: Pick<Sides, 'before' | 'after'> & Partial<Sides> = request.sources === undefined
    ? await readSides(request, environment, report)
    : await renderSources(root, await readRange(root, request.sources), name, report)
  const rules = await loadRules(platform, environment, report)
  return {
    title: name,
    groups: sortGroups([...ground, ...compareSides(rules, before, after, names)]),
    ...(isPast && { headings: { drift: 'was on the ref otherwise than it was promoted' } }),
    objects: listObjects(before, after, names),
  }
}

async function compareTwo(
  { root, platform, name, names, from, to, sources, live, byObject }: ComparisonRequest,
  environment: PlatformEnvironment,
  other: PlatformEnvironment,
  report: Report,
): Promise<Comparison> {
  const [second = '', ...releases] = names
  if (from !== undefined || to !== undefined || sources !== undefined || live)
    throw new Refusal([betweenEnvironments(name, second)])
  if (byObject) throw new Refusal([withoutObjects(name, second)])
  const { refs } = await openReadRefs(root, [name, second], report)
  const { groups, leftOut } = await compareRunning(refs, platform, [environment, other], releases)
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

const betweenEnvironments = (name: string, other: string) =>
  usage(
    `opencore diff ${name} ${other}`,
    '--from, --to, --sources and --live are about one environment',
    'what both run now',
  )

const withoutObjects = (name: string, other: string) =>
  usage(
    `opencore diff ${name} ${other}`,
    '-o structured lists objects',
    'values, by which two environments are compared',
  )
