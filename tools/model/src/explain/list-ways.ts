import { groupBy } from '@opencore/contract'
import type { Position } from '@opencore/contract/findings'
import type { Flow, Platform, PlatformEnvironment } from '../assemble/platform.ts'
import { formatPath } from '../format-path.ts'
import { listConsequences, type Consequence } from './list-consequences.ts'

/** Who may talk to whom in one environment, and what follows from each line that says so. */
export interface EnvironmentGraph {
  environment: string
  /** By name. */
  ends: GraphEnd[]
  /** By id. */
  ways: DeclaredWay[]
}

/** A release that takes part, or what the cluster, the cloud or the other region brings. */
export interface GraphEnd {
  name: string
  /** Its chart; else `platform` for pods of the cluster's own, `host` beyond it, `address` of the cloud's, or `region`. */
  kind: string
  /** Of its pods. */
  namespace?: string
  /** Name of the team that owns it. */
  team?: string
}

/** One way from one end to another, on every port that it has. */
export interface DeclaredWay {
  /** `accounts->ledger`; unique in an environment. */
  id: string
  from: string
  to: string
  ports: { port: number; protocol: 'TCP' | 'UDP' }[]
  /** Where a definition says so. */
  at: Position
  /** What it says there, such as `uses.kafka`; empty where it is the definition as a whole. */
  declared: string
  /** The values that follow from that line, of both ends. */
  becomes: Consequence[]
}

/** The graph of one environment of the platform. */
export function listWays(
  { locate, owned }: Pick<Platform, 'locate' | 'owned'>,
  environment: PlatformEnvironment,
): EnvironmentGraph {
  const rows = groupBy(listBetween(environment), ({ id }) => id)
  const ways = [...rows.values()].flatMap((flows): DeclaredWay[] => {
    const [flow] = flows
    if (!flow) return []
    const { id, from, to, declared } = flow
    const ports = flows.map(({ port, protocol }) => ({ port, protocol }))
    const becomes = environment.releases
      .filter(({ name }) => name === from || name === to)
      .flatMap((release) => listConsequences(release, id, declared))
    return [{ id, from, to, ports, at: locate(declared), declared: formatPath(declared.path), becomes }]
  })
  const hosts = new Set(ways.flatMap(({ declared, to }) => (declared.startsWith('uses.external') ? to : [])))
  return {
    environment: environment.definition.name,
    ends: listEndNames({ owned }, environment).map((name) => describeEnd(environment, name, hosts)),
    ways,
  }
}

/** Names of what takes part in the graph of an environment, in order. */
export function listEndNames({ owned }: Pick<Platform, 'owned'>, environment: PlatformEnvironment): string[] {
  const defined = new Set(owned.map(({ name }) => name))
  const releases = environment.releases.map(({ name }) => name).filter((name) => defined.has(name))
  return [...new Set([...releases, ...listBetween(environment).flatMap(({ from, to }) => [from, to])])].sort()
}

/** What the pods of one release say to each other is no way between ends. */
const listBetween = ({ flows }: PlatformEnvironment): Flow[] => flows.filter(({ from, to }) => from !== to)

/** What an end is in an environment; `hosts` are those that services use beyond the platform. */
export function describeEnd(
  { releases, platform }: PlatformEnvironment,
  name: string,
  hosts: ReadonlySet<string> = new Set(),
): GraphEnd {
  const release = releases.find((each) => each.name === name)
  if (release) return { name, kind: release.chart.name, namespace: release.namespace, team: release.team }
  const end = platform.find((each) => each.name === name)
  if (!end) return { name, kind: 'region' }
  return 'addresses' in end
    ? { name, kind: hosts.has(name) ? 'host' : 'address' }
    : { name, kind: 'platform', namespace: end.namespace }
}
