import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Definition } from '../assemble/read-definition.ts'
import { dataCharts, type Data, type DataChart } from '../define/data.ts'
import type { Environment } from '../define/environment.ts'
import type { Peers } from '../define/peer.ts'
import type { Service } from '../define/service.ts'
import type { JsonObject } from '../json.ts'
import { valueAt } from '../read-value.ts'
import { kafka } from './data/kafka.ts'
import { deriveDataFlows, type DataFacts } from './derive-data-flows.ts'
import { deriveDataSettings } from './derive-data-settings.ts'
import { deriveDataValues } from './derive-data-values.ts'
import { deriveGrants } from './derive-grants.ts'
import { deriveServiceValues } from './derive-service-values.ts'

const pods = (namespace: string) => ({ namespace, podLabels: { app: namespace } })
const peers: Peers = {
  dns: { ...pods('kube-system'), ports: [{ port: 53, protocol: 'UDP' }] },
  ingressGateway: pods('gateways'),
  prometheus: pods('monitoring'),
  cloudNativePg: pods('cnpg-system'),
  strimzi: pods('strimzi'),
  redisOperator: pods('redis-operator'),
  kubernetesApi: { cidrs: ['10.96.0.1/32'], ports: [{ port: 443, protocol: 'TCP' }] },
  objectStore: { cidrs: ['192.0.2.0/24'], ports: [{ port: 443, protocol: 'TCP' }] },
}
const environment: Definition<Environment> = {
  place: { file: 'environments/dev/index.ts', path: [] },
  value: {
    name: 'dev',
    tier: 'development',
    role: 'active',
    region: 'r',
    zones: ['a'],
    kubernetesVersion: '1.36.3',
    domain: 'example.com',
    peers,
  },
}

function facts(name: string, chart: DataChart, values: JsonObject = {}): DataFacts {
  const value: Data = { name, chart, namespace: 'banking' }
  return {
    definition: { value, place: { file: `${name}.ts`, path: [] } },
    release: { name, objects: name, namespace: 'banking', values },
    grants: { values: {}, places: new Map() },
  }
}

function service(name: string, uses: NonNullable<Service['uses']>): Definition<Service> {
  return { value: { name, namespace: 'banking', uses }, place: { file: `${name}.ts`, path: [] } }
}

function networkOf(of: Definition<Service>, services: Definition<Service>[], data: DataFacts[]) {
  const { values } = deriveServiceValues({
    service: of,
    environment,
    images: { value: {}, place: { file: 'images.ts', path: [] } },
    flows: deriveDataFlows(services, data, peers),
    image: '',
    dataSettings: deriveDataSettings(of, data),
    addressOf: String,
  })
  return values as unknown as { network: Record<'ingress' | 'egress', Rule[]>; env?: Record<string, unknown> }
}

function listsOf(of: DataFacts, services: Definition<Service>[], data: DataFacts[]): Record<string, unknown> {
  const flows = deriveDataFlows(services, data, peers)
  const { values } = deriveDataValues({ ...of, environment, flows, pair: undefined })
  return values['network'] as Record<string, unknown>
}

interface Rule {
  flow: string
  peers: { namespaceSelector: unknown; podSelector: { matchLabels: Record<string, string> } }[]
  ports: { port: number; protocol: string }[]
}

/** Any set of databases, clusters and Redis, and services that use them. */
const platform = fc
  .tuple(
    fc.array(
      fc.record({
        chart: fc.constantFrom(...dataCharts),
        poolers: fc.subarray(['rw', 'ro', 'r']),
        instances: fc.integer({ min: 1, max: 3 }),
        shards: fc.integer({ min: 1, max: 3 }),
        mode: fc.constantFrom('cluster', 'sentinel', 'standalone'),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    fc.array(fc.record({ postgres: fc.nat(4), kafka: fc.nat(4), redis: fc.nat(4) }), { maxLength: 4 }),
  )
  .map(([releases, users]) => {
    const data = releases.map(({ chart, poolers, instances, shards, mode }, index) =>
      facts(`data-${index}`, chart, {
        mode,
        shards: { count: shards },
        instances,
        poolers: Object.fromEntries(poolers.map((type) => [type, { type }])),
      }),
    )
    const pick = (chart: DataChart, index: number) => {
      const of = data.filter(({ definition }) => definition.value.chart === chart)
      return of[index]?.release.name
    }
    const services = users.map((wish, index) => {
      const named = dataCharts.flatMap((chart) => {
        const name = pick(chart, wish[chart])
        return name === undefined ? [] : [[chart, name] as const]
      })
      return service(`service-${index}`, Object.fromEntries(named))
    })
    return { data, services }
  })

test('a service and what it uses open the same ways to each other, and a service opens no other', () => {
  fc.assert(
    fc.property(platform, ({ data, services }) => {
      for (const user of services) {
        const { network } = networkOf(user, services, data)
        expect(network.ingress).toEqual([])
        const used = data.filter(({ definition: { value } }) => user.value.uses?.[value.chart] === value.name)
        for (const target of used) {
          const lists = listsOf(target, services, data)
          const out = network.egress.filter(({ flow }) =>
            flow.startsWith(`${user.value.name}->${target.release.name}`),
          )
          const back = Object.values(lists)
            .flatMap((list) => (Array.isArray(list) ? (list as Rule[]) : []))
            .filter(({ flow }) => flow.startsWith(`${user.value.name}->`))
            .sort((a, b) => (a.flow < b.flow ? -1 : 1))
          expect(out.length).toBeGreaterThan(0)
          expect(back.map(({ flow, ports }) => ({ flow, ports }))).toEqual(
            out.map(({ flow, ports }) => ({ flow, ports })),
          )
          for (const {
            peers: [peer],
          } of back)
            expect(peer?.podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': user.value.name })
        }
        expect(
          network.egress.filter(
            ({ flow }) => !used.some(({ release }) => flow.includes(`->${release.name}`)),
          ),
        ).toEqual([])
      }
    }),
  )
})

test('ids of flows are unique, and the order of definitions changes nothing', () => {
  fc.assert(
    fc.property(platform, ({ data, services }) => {
      const flows = deriveDataFlows(services, data, peers)
      expect(new Set(flows.map(({ id }) => id)).size).toBe(flows.length)
      expect(deriveDataFlows(services.toReversed(), data.toReversed(), peers)).toEqual(flows)
    }),
  )
})

test('no setting holds a password: it names a Secret', () => {
  fc.assert(
    fc.property(platform, ({ data, services }) => {
      for (const user of services)
        for (const { env } of deriveDataSettings(user, data))
          for (const [name, value] of Object.entries(env))
            if (/PASSWORD|USERNAME|KEY|CERTIFICATE|AUTHORITY/.test(name) && typeof value === 'string')
              expect([name, value]).toEqual(['SPRING_DATA_REDIS_USERNAME', user.value.name])
    }),
  )
})

describe('what a service is told', () => {
  const settings = (chart: DataChart, values: JsonObject = {}) =>
    deriveDataSettings(service('accounts', { [chart]: 'core' }), [facts('core', chart, values)])[0]?.env

  /** What comes after the database of every JDBC address. */
  const verified = (prefix: string) =>
    `?sslmode=verify-full&sslfactory=org.postgresql.ssl.SingleCertValidatingFactory&sslfactoryarg=env:${prefix}_AUTHORITY`
  const key = (name: string, of: string) => ({ secretKeyRef: { name, key: of } })

  test('of its database: where to write, and where to read what may be a moment old', () => {
    expect(settings('postgres')).toEqual({
      SPRING_DATASOURCE_URL: `jdbc:postgresql://core-rw.banking.svc:5432/app${verified('SPRING_DATASOURCE')}`,
      SPRING_DATASOURCE_READONLY_URL: `jdbc:postgresql://core-ro.banking.svc:5432/app${verified('SPRING_DATASOURCE')}&readOnly=true`,
      SPRING_DATASOURCE_USERNAME: key('core-app', 'username'),
      SPRING_DATASOURCE_PASSWORD: key('core-app', 'password'),
      SPRING_DATASOURCE_AUTHORITY: key('core-ca', 'ca.crt'),
    })
  })

  test('of a database with a pooler, a login and an issuer of its own', () => {
    const own = settings('postgres', {
      poolers: { main: { type: 'rw' } },
      bootstrap: { initdb: { database: 'accounts', secret: { name: 'accounts-login' } } },
      certificates: { issuerRef: { name: 'platform' } },
    })
    expect(own?.['SPRING_DATASOURCE_URL']).toMatch(
      /^jdbc:postgresql:\/\/core-pooler-main\.banking\.svc:5432\/accounts\?/,
    )
    expect(own?.['SPRING_DATASOURCE_PASSWORD']).toEqual(key('accounts-login', 'password'))
    expect(own?.['SPRING_DATASOURCE_AUTHORITY']).toEqual(key('core-server-tls', 'ca.crt'))
  })

  test.each<[string, JsonObject, string]>([
    ['standbys', { instances: 3 }, 'core-ro'],
    ['a pooler for standbys', { instances: 3, poolers: { reads: { type: 'ro' } } }, 'core-pooler-reads'],
    ['the primary, where it is alone', { instances: 1, poolers: { reads: { type: 'ro' } } }, 'core-rw'],
    ['the primary, without a Service for standbys', { services: { disabled: ['ro'] } }, 'core-rw'],
  ])('reads go to %s', (_where, values, host) => {
    expect(settings('postgres', values)?.['SPRING_DATASOURCE_READONLY_URL']).toMatch(
      new RegExp(`^jdbc:postgresql://${host}\\.banking\\.svc:5432/app\\?.*&readOnly=true$`),
    )
  })

  test('and every host that it is told of is open to it', () => {
    const flows = (values: JsonObject) => {
      const accounts = service('accounts', { postgres: 'core' })
      const { network } = networkOf(accounts, [accounts], [facts('core', 'postgres', values)])
      return network.egress.map(({ flow, peers: [peer] }) => [flow, peer?.podSelector.matchLabels])
    }
    const instances = { 'cnpg.io/cluster': 'core', 'cnpg.io/podRole': 'instance' }
    expect(flows({})).toEqual([['accounts->core', instances]])
    expect(flows({ poolers: { main: { type: 'rw' } } })).toEqual([
      ['accounts->core', { 'cnpg.io/poolerName': 'core-pooler-main' }],
      ['accounts->core:read-only', instances],
    ])
    expect(flows({ poolers: { main: { type: 'rw' }, reads: { type: 'ro' } } })).toEqual([
      ['accounts->core', { 'cnpg.io/poolerName': 'core-pooler-main' }],
      ['accounts->core:read-only', { 'cnpg.io/poolerName': 'core-pooler-reads' }],
    ])
    expect(flows({ shards: { count: 2 } }).map(([flow]) => flow)).toEqual([
      'accounts->core:core-s0',
      'accounts->core:core-s1',
    ])
  })

  test('of a database in shards: the map of keys, and all of every shard', () => {
    const shard = (index: number) => {
      const prefix = `DATASOURCE_SHARD_${index}`
      const address = (type: string) => `jdbc:postgresql://core-s${index}-${type}.banking.svc:5432/app`
      return {
        [`${prefix}_URL`]: address('rw') + verified(prefix),
        [`${prefix}_READONLY_URL`]: `${address('ro')}${verified(prefix)}&readOnly=true`,
        [`${prefix}_USERNAME`]: key(`core-s${index}-app`, 'username'),
        [`${prefix}_PASSWORD`]: key(`core-s${index}-app`, 'password'),
        [`${prefix}_AUTHORITY`]: key(`core-s${index}-ca`, 'ca.crt'),
      }
    }
    expect(settings('postgres', { shards: { count: 2 } })).toEqual({
      DATASOURCE_SHARDS: { configMapKeyRef: { name: 'core-connection', key: 'shards.json' } },
      ...shard(0),
      ...shard(1),
    })
  })

  test('of shards with poolers and one login', () => {
    const shards = settings('postgres', {
      shards: { count: 2 },
      poolers: { rw: { type: 'rw' } },
      bootstrap: { initdb: { database: 'ledger', secret: { name: 'ledger-login' } } },
    })
    expect(shards?.['DATASOURCE_SHARD_1_URL']).toMatch(
      /^jdbc:postgresql:\/\/core-s1-pooler-rw\.banking\.svc:5432\/ledger\?/,
    )
    expect(shards?.['DATASOURCE_SHARD_1_USERNAME']).toEqual(key('ledger-login', 'username'))
  })

  test('of Kafka: the listener that takes its certificate', () => {
    const listeners = { outside: { port: 9094, type: 'loadbalancer' }, tls: { port: 9095 } }
    expect(settings('kafka', { listeners })).toMatchObject({
      SPRING_KAFKA_BOOTSTRAP_SERVERS: 'core-kafka-bootstrap.banking.svc:9095',
      SPRING_KAFKA_SECURITY_PROTOCOL: 'SSL',
      SPRING_SSL_BUNDLE_PEM_KAFKA_TRUSTSTORE_CERTIFICATE: {
        secretKeyRef: { name: 'core-cluster-ca-cert', key: 'ca.crt' },
      },
      SPRING_SSL_BUNDLE_PEM_KAFKA_KEYSTORE_PRIVATEKEY: {
        secretKeyRef: { name: 'accounts', key: 'user.key' },
      },
    })
  })

  test('of Kafka: the listener that takes its password, where it has one', () => {
    const values = {
      listeners: { tls: { port: 9093 }, scram: { port: 9095, authentication: 'scram-sha-512' } },
      users: { accounts: { authentication: 'scram-sha-512', consumer: { topics: ['b.events'] } } },
    }
    const found = settings('kafka', values)
    expect(found).toMatchObject({
      SPRING_KAFKA_BOOTSTRAP_SERVERS: 'core-kafka-bootstrap.banking.svc:9095',
      SPRING_KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      SPRING_KAFKA_PROPERTIES_SASL_MECHANISM: 'SCRAM-SHA-512',
      SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG: {
        secretKeyRef: { name: 'accounts', key: 'sasl.jaas.config' },
      },
    })
    expect(found).not.toHaveProperty(['SPRING_SSL_BUNDLE_PEM_KAFKA_KEYSTORE_PRIVATEKEY'])
    expect(kafka.clients(facts('core', 'kafka', values).release)[0]?.ports).toEqual([9095])
  })

  test('of Kafka: the names that its roles hold for', () => {
    const user = {
      producer: { topics: ['a.events'], transactionalIdPrefix: 'accounts-' },
      consumer: { topics: ['b.events'], group: 'booking' },
      streams: { applicationId: 'scoring' },
    }
    expect(settings('kafka', { users: { accounts: user } })).toMatchObject({
      SPRING_KAFKA_CONSUMER_GROUPID: 'booking',
      SPRING_KAFKA_PRODUCER_TRANSACTIONIDPREFIX: 'accounts-',
      SPRING_KAFKA_STREAMS_APPLICATIONID: 'scoring',
    })
    expect(settings('kafka', { users: { accounts: { consumer: { topics: ['b.events'] } } } })).toMatchObject({
      SPRING_KAFKA_CONSUMER_GROUPID: 'accounts',
    })
    expect(settings('kafka')).not.toHaveProperty(['SPRING_KAFKA_CONSUMER_GROUPID'])
  })

  test.each([
    ['cluster', { SPRING_DATA_REDIS_CLUSTER_NODES: 'core-leader.banking.svc:6379' }],
    ['sentinel', { SPRING_DATA_REDIS_HOST: 'core-master.banking.svc' }],
    ['standalone', { SPRING_DATA_REDIS_HOST: 'core.banking.svc' }],
  ])('of Redis as %s', (mode, address) => {
    expect(settings('redis', { mode, acl: { users: { accounts: {} } } })).toMatchObject({
      ...address,
      SPRING_DATA_REDIS_USERNAME: 'accounts',
      SPRING_DATA_REDIS_PASSWORD: { secretKeyRef: { name: 'core-auth', key: 'accounts' } },
      SPRING_DATA_REDIS_SSL_BUNDLE: 'redis',
    })
  })
})

describe('the users of what services use', () => {
  const grant = (of: DataFacts, ...services: Definition<Service>[]) =>
    deriveGrants(of.definition, of.release, services)

  test('have the rights that each service says, and each of them can be pointed at', () => {
    const roles = { producer: { topics: ['a.events'] }, consumer: { topics: ['b.events'] } }
    const { values, places } = grant(
      facts('core', 'kafka'),
      service('accounts', { kafka: { name: 'core', ...roles } }),
      service('loans', { kafka: 'core' }),
      service('cards', { kafka: { name: 'other', ...roles } }),
    )
    expect(values).toEqual({ users: { accounts: roles, loans: {} } })
    expect(places.get('users.accounts.consumer.topics.0')).toEqual({
      file: 'accounts.ts',
      path: ['uses', 'kafka', 'consumer', 'topics', 0],
    })
  })

  test('of Redis have keys, where the release knows users', () => {
    const accounts = service('accounts', { redis: { name: 'core', keyspaces: ['cache'], access: 'read' } })
    const users = { accounts: { keyspaces: ['cache'], access: 'read' } }
    expect(grant(facts('core', 'redis'), accounts).values).toEqual({ acl: { users } })
    expect(grant(facts('core', 'redis', { acl: { secretName: 'own' } }), accounts).values).toEqual({})
    expect(grant(facts('core', 'redis', { auth: { enabled: false } }), accounts).values).toEqual({})
  })

  test('of a database is its owner alone', () => {
    expect(grant(facts('core', 'postgres'), service('accounts', { postgres: 'core' })).values).toEqual({})
  })
})

describe('of two regions', () => {
  const core = facts('core', 'kafka', {
    topics: { 'a.events': {}, 'a.balances': { preset: 'compactedState' }, schemas: { preset: 'internal' } },
    users: {
      reader: { consumer: { topics: ['a.events'] } },
      another: { consumer: { topics: ['a.events'], group: 'reader' } },
      scorer: { streams: { applicationId: 'scoring', inputs: ['a.events'] } },
      writer: { producer: { topics: ['a.events'] } },
    },
  })
  const pairOf = (role: 'active' | 'standby') => ({
    value: {
      role,
      counterpart: 'prod-east',
      domains: { own: 'west.example.com', other: 'east.example.com' },
      cidrs: ['10.0.0.0/16'],
    },
    place: { file: 'prod-west.ts', path: ['counterpart'] },
  })
  const derive = (of: DataFacts, role: 'active' | 'standby') => {
    const pair = pairOf(role)
    const flows = deriveDataFlows([], [of], peers, pair)
    return deriveDataValues({ ...of, environment, flows, pair })
  }
  const copied = { topics: ['a.balances', 'a.events'], groups: ['reader', 'scoring'] }

  test('the one that serves lets the other read, by name and from its addresses', () => {
    const { values, places } = derive(core, 'active')
    expect(values).toMatchObject({
      listeners: {
        mirror: {
          port: 9094,
          type: 'loadbalancer',
          configuration: {
            externalTrafficPolicy: 'Local',
            loadBalancerSourceRanges: ['10.0.0.0/16'],
            bootstrap: { alternativeNames: ['core.kafka.west.example.com'] },
          },
        },
      },
      users: { 'core-mirror-prod-east': { mirrorSource: copied } },
    })
    expect(values).not.toHaveProperty(['mirror'])
    expect(valueAt(values, 'network', 'ingress')).toContainEqual({
      flow: 'prod-east->core:mirror',
      peers: [{ ipBlock: { cidr: '10.0.0.0/16' } }],
      ports: [{ port: 9094, protocol: 'TCP' }],
    })
    expect(places.get('users.core-mirror-prod-east.mirrorSource.topics')).toEqual(pairOf('active').place)
  })

  test('the one that waits copies topics and positions, with an identity from a Secret', () => {
    const { values } = derive(core, 'standby')
    expect(values).toMatchObject({
      mirror: {
        enabled: true,
        source: {
          alias: 'prod-east',
          bootstrapServers: 'core.kafka.east.example.com:9094',
          caSecret: 'core-prod-east-ca',
          userSecret: 'core-prod-east-user',
        },
        ...copied,
      },
      network: {
        mirrorEgress: [
          {
            flow: 'core->prod-east:mirror',
            peers: [{ ipBlock: { cidr: '10.0.0.0/16' } }],
            ports: [{ port: 9094, protocol: 'TCP' }],
          },
        ],
      },
    })
    expect(JSON.stringify(values['network'])).not.toContain('prod-east->core')
  })

  test.each([facts('core', 'kafka'), facts('core', 'redis'), facts('core', 'postgres')])(
    'there is nothing to copy by a mirror: $definition.value.chart',
    (of) => {
      const derived = derive(of, 'standby')
      expect(derived).toEqual(
        deriveDataValues({
          ...of,
          environment,
          flows: deriveDataFlows([], [of], peers),
          pair: undefined,
        }),
      )
    },
  )
})
