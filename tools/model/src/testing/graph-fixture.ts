import { mergeValues } from '@opencore/contract'
import type { Definition } from '../definition.ts'
import type { Data } from '../define/data.ts'
import type { Service } from '../define/service.ts'
import { deriveGrants } from '../graph/derive-grants.ts'
import { groupFlows } from '../graph/derive-network.ts'
import { deriveValues, listHoused, listKeepers, listPublished } from '../graph/derive-values.ts'
import { listFlows, type DerivedFlow, type Graph } from '../graph/list-flows.ts'
import { readPart } from '../graph/read-part.ts'
import type { JsonObject } from '../json.ts'
import { joinDerived, type DerivedValues } from '../parts/derived-values.ts'
import { deriveRotation, withDatabases } from '../parts/derive-rotation.ts'
import type { CloudIdentity } from '../parts/cloud-identity.ts'
import type { PlatformEnd } from '../parts/end.ts'
import { serviceChart, type DataChart } from '../parts/index.ts'
import type { Mesh } from '../parts/mesh-member.ts'
import { findTelemetry } from '../parts/telemetry.ts'
import type { NetworkEnforcer } from '../parts/network-enforcer.ts'
import type { Alerting, EnvironmentRole, Facts, Pair, Part, SecretStore } from '../parts/part.ts'

const pods = (name: string, ...ports: number[]): PlatformEnd => ({
  name,
  namespace: name,
  podLabels: { app: name },
  ports: ports.map((port) => ({ port, protocol: 'TCP' })),
})

/** Something that is known by its addresses. */
export const addressed = (name: string, ...addresses: [cidr: string, port: number][]): PlatformEnd => ({
  name,
  addresses: addresses.map(([cidr, port]) => ({ cidrs: [cidr], ports: [{ port, protocol: 'TCP' }] })),
})

/** What the cluster brings. The API server answers at its Service and at its endpoints, on different ports. */
const platform = [
  pods('dns', 53),
  pods('ingress-gateway'),
  pods('prometheus'),
  pods('cloud-native-pg'),
  pods('strimzi'),
  pods('redis-operator'),
  pods('external-secrets'),
  addressed('kubernetes-api', ['10.96.0.1/32', 443], ['10.0.0.0/28', 6443]),
  addressed('archive-west', ['192.0.2.0/24', 443]),
  addressed('archive-east', ['198.51.100.0/24', 443]),
  addressed('cloud-identity', ['203.0.113.0/24', 443]),
]

const books = { value: 'books', place: { file: 'books.ts', path: ['team'] } }

/** A release of the data layer with the values of all layers. */
export function dataPart(name: string, chart: DataChart, values: JsonObject = {}): Part {
  const value: Data = { name, team: 'books', chart, namespace: 'banking' }
  const definition = { value, place: { file: `${name}.ts`, path: [] } }
  const source = { name, namespace: 'banking', kind: chart, team: books, place: definition.place }
  return readPart({ ...source, definition }, values)
}

/** A release of a component, such as the mesh's own. */
export function componentPart(name: string, namespace: string): Part {
  const team = { value: 'platform', place: { file: 'defaults.ts', path: ['team'] } }
  return readPart({ name, namespace, kind: name, team, place: { file: `${name}.ts`, path: [] } }, {})
}

/** A service that is defined with `uses` and `exposes`. */
export function servicePart(
  name: string,
  uses: NonNullable<Service['uses']>,
  more: { exposes?: Service['exposes']; namespace?: string; values?: JsonObject } = {},
): Part {
  const { exposes, namespace = 'banking', values = {} } = more
  const value: Service = { name, team: 'books', namespace, uses, ...(exposes && { exposes }) }
  const definition = { value, place: { file: `${name}.ts`, path: [] } }
  const source = { name, namespace, kind: serviceChart, team: books, place: definition.place }
  return readPart({ ...source, definition }, values)
}

/** What an environment may have beside. */
interface More {
  identity?: CloudIdentity
  networkEnforcer?: NetworkEnforcer
  secretStore?: SecretStore
  ends?: readonly PlatformEnd[]
  mesh?: Mesh
  role?: EnvironmentRole
  rotatedCredentials?: readonly string[]
  alerting?: Partial<Alerting>
}

/** The graph of an environment with these parts. */
export function graphOf(
  parts: readonly Part[],
  pair?: Definition<Pair>,
  { ends: more = [], identity, mesh }: More = {},
): Graph {
  const ends = [...platform, ...more].map(
    (value) => [value.name, { value, place: { file: `${value.name}.ts`, path: [] } }] as const,
  )
  const inMesh = mesh && { value: mesh, place: { file: 'dev.ts', path: ['mesh'] } as const }
  const collector = findTelemetry(parts)
  return { parts, platform: new Map(ends), pair, identity, mesh: inMesh, collector }
}

/** Every flow between these parts. */
export function flowsOf(parts: readonly Part[], pair?: Definition<Pair>, more: More = {}): DerivedFlow[] {
  return listFlows(graphOf(parts, pair, more))
}

/** What is derived for one of these parts, in an environment that is called `dev`. */
export function derivedOf(
  part: Part,
  parts: readonly Part[],
  pair?: Definition<Pair>,
  more: More = {},
): DerivedValues {
  const graph = graphOf(parts, pair, more)
  const { alerting = {} } = more
  const environment = environmentOf(more)
  return deriveValues(
    {
      part,
      environment,
      parts,
      published: listPublished(graph),
      keepers: listKeepers(graph),
      housed: listHoused(graph),
      platform: (name) => {
        const found = graph.platform.get(name)
        if (!found) throw new Error(`the fixture has no ${name}`)
        return found
      },
      known: (name) => graph.platform.get(name),
      alerting: {
        owner: { value: 'platform', place: { file: 'defaults.ts', path: ['team'] } },
        teams: [{ value: { name: 'books', channel: 'books-alerts', pager: true }, place: books.place }],
        maintenance: [],
        ...alerting,
      },
    },
    {
      graph,
      flows: groupFlows(listFlows(graph)).get(part.name) ?? [],
      grants: joinDerived([deriveGrants(part, parts), deriveRotation(part, { parts, environment })]),
    },
  )
}

/** The environment that is called `dev`. */
function environmentOf(more: More): Facts['environment'] {
  const { identity, mesh, networkEnforcer, secretStore, rotatedCredentials, role = 'active' } = more
  return {
    place: { file: 'environments/dev/index.ts', path: [] },
    value: {
      name: 'dev',
      tier: 'development',
      role,
      domain: 'example.com',
      ...(networkEnforcer && { networkEnforcer }),
      ...(identity && { identity }),
      ...(mesh && { mesh }),
      ...(secretStore && { secretStore }),
      ...(rotatedCredentials && { rotatedCredentials }),
    },
  }
}

/** The same parts in an environment whose vault rotates the passwords of these services. */
export function rotatedParts(parts: readonly Part[], rotatedCredentials: readonly string[]): Part[] {
  const around = { parts, environment: environmentOf({ rotatedCredentials }) }
  return parts.map((part) => {
    const values = mergeValues(deriveRotation(part, around).values, part.values) as JsonObject
    return withDatabases({ ...part, values }, around)
  })
}

/** One entry of a list of flows in values. */
export interface Rule {
  flow: string
  peers: { namespaceSelector?: unknown; podSelector?: { matchLabels: Record<string, string> } }[]
  ports: { port: number; protocol: string }[]
}

/** The lists of flows of a part, by the name that they have below `network`. */
export function networkOf(part: Part, parts: readonly Part[]): Record<string, Rule[]> {
  const network = derivedOf(part, parts).values['network'] as JsonObject
  const lists = Object.entries(network).filter(([, list]) => Array.isArray(list))
  return Object.fromEntries(lists) as unknown as Record<string, Rule[]>
}
