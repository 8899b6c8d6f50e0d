import { assemblePlatform, type Defaults, type PlatformEnvironment, type Service } from '@opencore/model'
import { defineData, defineService, type Environment } from '@opencore/model/define'
import { readTree } from '@opencore/model/testing'
import * as fc from 'fast-check'
import { root } from './root.ts'

const services = ['a', 'b', 'c', 'd']
/** Who uses data is where it is: a Secret with a password is in one namespace. */
const DATA_NAMESPACE = 'data'
const hosts = { 'mail.example.com': '192.0.2.0/24', 'rail.example.com': '198.51.100.7/32' }

/** What a service asks the others for. */
interface Asks {
  methods?: ('GET' | 'POST')[]
  paths?: string[]
}

const kafkaRights = fc
  .constantFrom('producer', 'consumer')
  .map((role) => ({ name: 'events', [role]: { topics: ['facts'] } }))

/** What one service says of itself; a database is one service's alone. */
const service = (name: string) =>
  fc.record({
    isApart: fc.boolean(),
    services: fc.subarray(services.filter((other) => other !== name)),
    asks: fc.constantFrom<Asks>(
      {},
      { methods: ['GET'] },
      { paths: ['/facts', '/facts/*'] },
      { methods: ['GET', 'POST'], paths: ['/facts/*'] },
    ),
    external: fc.subarray(Object.keys(hosts)),
    postgres: fc.boolean(),
    kafka: fc.option(kafkaRights),
    redis: fc.boolean(),
    edge: fc.boolean(),
    metrics: fc.boolean(),
    callsApi: fc.boolean(),
  })

/** Services and data, whoever uses whom, in one environment. */
export const randomGraph = fc.record({
  services: fc.tuple(...services.map(service)),
  postgres: fc.constantFrom({}, { shards: { count: 2 } }, { poolers: { main: { type: 'rw' } } }),
  exporter: fc.boolean(),
  redis: fc.constantFrom('standalone', 'sentinel', 'cluster'),
})

/** One of them. */
export type RandomGraph = typeof randomGraph extends fc.Arbitrary<infer Graph> ? Graph : never

const tree = await readTree(root)

/** The graph as the model has it, in the environment `dev` of this repository. */
export function assembleGraph(graph: RandomGraph): PlatformEnvironment {
  const kept = Object.entries(tree.modules).filter(([file]) =>
    /^environments\/(defaults\.ts|(teams|tiers|platform)\/)/.test(file),
  )
  const dev = tree.modules['environments/dev/index.ts']?.['environment'] as Environment
  const addresses: Environment['addresses'] = { ...dev.addresses }
  for (const [host, cidr] of Object.entries(hosts))
    addresses[host] = [{ cidrs: [cidr], ports: [{ port: 443, protocol: 'TCP' }] }]
  const environment = { ...dev, addresses }
  const usual = tree.modules['environments/defaults.ts']?.['defaults'] as Defaults
  const defaults: Defaults = { ...usual, namespaces: ['apart', DATA_NAMESPACE] }
  const platform = assemblePlatform({
    ...tree,
    modules: {
      ...Object.fromEntries(kept),
      'environments/defaults.ts': { defaults },
      'environments/dev/index.ts': { environment },
      ...Object.fromEntries(
        [...defineServices(graph), ...defineParts(graph)].map((definition) => [
          `environments/${'chart' in definition ? 'data' : 'services'}/${definition.name}.ts`,
          { [definition.name]: definition },
        ]),
      ),
    },
    overrides: [],
    images: services.map((name) => ({
      file: `environments/images/${name}.yaml`,
      service: name,
      bytes: new TextEncoder().encode(`tag: '1'\ndigest: sha256:${'0'.repeat(63)}1\n`),
    })),
  })
  if (!platform.ok) throw new Error(JSON.stringify(platform.findings, undefined, 2))
  const [assembled] = platform.value.environments
  if (!assembled) throw new Error('the model has no environment')
  return assembled
}

function defineServices(graph: RandomGraph): Service[] {
  return graph.services.map((said, index) => {
    const name = services[index] ?? ''
    const usesData = said.postgres || said.kafka !== null || said.redis
    return defineService({
      name,
      team: 'payments',
      namespace: said.isApart && !usesData ? 'apart' : DATA_NAMESPACE,
      uses: {
        services: said.services.map((other) => ({ name: other, ...said.asks })),
        external: said.external.map((host) => ({ host, port: 443, protocol: 'TCP' })),
        ...(said.postgres && { postgres: `${name}-db` }),
        ...(said.kafka && { kafka: said.kafka }),
        ...(said.redis && { redis: { name: 'cache', keyspaces: ['cache'] } }),
      },
      exposes: {
        services: true,
        metrics: said.metrics,
        ...(said.edge && { edge: { host: name, paths: ['/'] } }),
      },
      values: {
        image: { repository: `registry.firefly-banking.com/${name}` },
        serviceAccount: { automountToken: said.callsApi },
        httpRoute: { parentRefs: [{ name: 'public', namespace: 'istio-ingress', sectionName: 'https' }] },
      },
    })
  })
}

function defineParts({ services: said, postgres, exporter, redis }: RandomGraph) {
  const databases = services.filter((_, index) => said[index]?.postgres)
  return [
    ...databases.map((name) =>
      defineData({
        name: `${name}-db`,
        team: 'payments',
        chart: 'postgres',
        namespace: DATA_NAMESPACE,
        values: { bootstrap: { initdb: { database: 'app', owner: 'app' } }, ...postgres },
      }),
    ),
    defineData({
      name: 'events',
      team: 'payments',
      chart: 'kafka',
      namespace: DATA_NAMESPACE,
      values: {
        topics: { facts: { compatibility: 'FULL_TRANSITIVE' } },
        exporter: { enabled: exporter },
      },
    }),
    defineData({
      name: 'cache',
      team: 'payments',
      chart: 'redis',
      namespace: DATA_NAMESPACE,
      values: { use: 'cache', mode: redis },
    }),
  ]
}
