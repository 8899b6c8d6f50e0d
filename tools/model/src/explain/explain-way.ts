import type { Platform, PlatformEnvironment } from '../assemble/platform.ts'
import { formatPosition, type Position } from '@opencore/contract/findings'
import { API_SERVER } from '../parts/network-enforcer.ts'
import { nameServers } from '../parts/derive-dns.ts'
import { dataKindOf, serviceChart } from '../parts/index.ts'
import { describeEnd, listWays, type DeclaredWay, type EnvironmentGraph, type GraphEnd } from './list-ways.ts'

/** Whether one end may reach another, by which lines, or what stops it. */
export interface Way {
  environment: string
  from: string
  to: string
  /**
   * `declared` by lines, to `everybody` by design, `denied`, `unknown` where neither end has a policy of ours, or one of the
   * two is `absent` from the environment.
   */
  answer: 'declared' | 'everybody' | 'denied' | 'absent' | 'unknown'
  /** The lines that open it. */
  by: DeclaredWay[]
  /** Where it is denied: the network policies that list nothing of it. */
  stoppedBy: string[]
  /** Where it is denied: whom the one may reach, and who may reach the other. */
  instead: { reaches: string[]; reachedFrom: string[] }
  /** What to do about it, as one sentence; none where nothing needs to be done. */
  next?: string
}

/**
 * Why one end reaches another in an environment, or why not. Both are names of releases, or of what the graph names beside
 * them; they differ.
 */
export function explainWay(
  platform: Platform,
  environment: PlatformEnvironment,
  { from, to }: { from: string; to: string },
): Way {
  const graph = listWays(platform, environment)
  const find = (name: string) =>
    graph.ends.find((end) => end.name === name) ??
    (environment.platform.some((end) => end.name === name) ? describeEnd(environment, name) : undefined)
  const asked = { environment: graph.environment, from, to }
  const nothing = { by: [], stoppedBy: [], instead: { reaches: [], reachedFrom: [] } }
  const [source, target] = [find(from), find(to)]
  if (!source || !target) return { ...asked, ...nothing, answer: 'absent' }
  if (nameServers.includes(to) && source.team !== undefined)
    return { ...asked, ...nothing, answer: 'everybody' }
  const by = graph.ways.filter((way) => way.from === from && way.to === to)
  if (by.length > 0) return { ...asked, ...nothing, answer: 'declared', by }
  // Neither end is ours: no policy of this platform is between them.
  if (source.team === undefined && target.team === undefined)
    return { ...asked, ...nothing, answer: 'unknown' }
  return {
    ...asked,
    answer: 'denied',
    by,
    stoppedBy: [
      ...(source.team === undefined ? [] : [`${from}: its network policy lists no egress to ${to}`]),
      ...(target.team === undefined ? [] : [`${to}: its network policy lists no ingress from ${from}`]),
    ],
    instead: {
      reaches: unique(graph.ways.filter((way) => way.from === from).map((way) => way.to)),
      reachedFrom: unique(graph.ways.filter((way) => way.to === to).map((way) => way.from)),
    },
    next: adviseOn(graph, source, target, placeOf(platform)),
  }
}

const unique = (names: readonly string[]) => [...new Set(names)].sort()

/** Where the definition of a release says something; none where it has no definition. */
const placeOf =
  ({ owned, locate }: Platform) =>
  (name: string, key: string): Position | undefined => {
    const place = owned.find((each) => each.name === name)?.place
    return place && locate({ ...place, path: [...place.path, key] })
  }

/** What a definition would have to say. */
function adviseOn(
  { ways }: EnvironmentGraph,
  source: GraphEnd,
  target: GraphEnd,
  place: (name: string, key: string) => Position | undefined,
): string {
  const back = ways.some(({ from, to }) => from === target.name && to === source.name)
  const answers = back ? `; answers to what ${target.name} asks pass as they are` : ''
  const [uses, values] = [place(source.name, 'uses'), place(source.name, 'values')]
  const exposes = place(target.name, 'exposes')
  if (source.kind === serviceChart && target.name === API_SERVER && values)
    return `set \`serviceAccount.automountToken: true\` in \`values\` in ${formatPosition(values)}: it gets a token, too`
  if (source.kind === serviceChart && uses && !['platform', 'address', 'region'].includes(target.kind))
    return `${openFrom(ways, source, target, formatPosition(uses))}${openTo(ways, target, exposes)}${answers}`
  // Others say already how this part of the platform is let in.
  const said = ways.find(({ from, declared }) => from === source.name && declared.startsWith('exposes.'))
  if (said && exposes && target.kind === serviceChart)
    return `add \`${said.declared}\`, as ${said.to} has it, in ${formatPosition(exposes)}${answers}`
  return `no definition can say it: what ${source.name} calls follows from what it is${answers}`
}

/** What its owners have to say, where nobody uses the service yet. */
function openTo(
  ways: readonly DeclaredWay[],
  { name, kind }: GraphEnd,
  exposes: Position | undefined,
): string {
  const isUsed = ways.some(({ to, declared }) => to === name && declared.startsWith('uses.'))
  if (kind !== serviceChart || isUsed || !exposes) return ''
  return `, and \`services: true\` to \`exposes\` in ${formatPosition(exposes)} where it is not there`
}

function openFrom(
  ways: readonly DeclaredWay[],
  source: GraphEnd,
  { name, kind }: GraphEnd,
  uses: string,
): string {
  if (kind === serviceChart) return `add \`services: ['${name}']\` to \`uses\` in ${uses}`
  const data = dataKindOf(kind)
  if (!data) return `add its host and port to \`uses.external\` in ${uses}`
  const owner = ways.find(({ to, declared }) => to === name && declared === `uses.${kind}`)?.from
  if (!data.ownedByOne || owner === undefined)
    return `add \`${kind}\` with the name \`${name}\` and the rights that it needs to \`uses\` in ${uses}`
  const asks = ways.some(({ from, to }) => from === source.name && to === owner)
  return asks
    ? `${name} belongs to ${owner}, which ${source.name} may ask already`
    : `${name} belongs to ${owner}: ask that service, by \`services: ['${owner}']\` in \`uses\` in ${uses}`
}
