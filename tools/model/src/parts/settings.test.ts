import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { valueAt } from '../read-value.ts'
import { dataPart, derivedOf, networkOf, servicePart } from '../testing/graph-fixture.ts'
import { tcp } from './end.ts'
import { partKindOf, type DataChart } from './index.ts'

describe('what a service is told', () => {
  const settings = (chart: DataChart, values: JsonObject = {}) =>
    partKindOf(chart).settings(dataPart('core', chart, values), servicePart('accounts', {}))
  const variables = (chart: DataChart, values?: JsonObject) => settings(chart, values).env

  /** What comes after the database of every JDBC address. */
  const verified = (folder: string) =>
    `?sslmode=verify-full&sslrootcert=/etc/opencore/${folder}/ca.crt&connectTimeout=5&loginTimeout=10&socketTimeout=60&tcpKeepAlive=true`
  const key = (name: string, of: string) => ({ secretKeyRef: { name, key: of } })

  test('of its database: where to write, and where to read what may be a moment old', () => {
    expect(settings('postgres')).toEqual({
      env: {
        SPRING_DATASOURCE_URL: `jdbc:postgresql://core-rw.banking.svc:5432/app${verified('postgres-authority')}`,
        SPRING_DATASOURCE_READONLY_URL: `jdbc:postgresql://core-ro.banking.svc:5432/app${verified('postgres-authority')}&readOnly=true`,
      },
      files: { 'postgres-authority': { secretName: 'core-ca', keys: ['ca.crt'] } },
      properties: {
        'spring.datasource': {
          secretName: 'core-app',
          keys: { username: 'username', password: 'password' },
        },
      },
    })
  })

  test('of a database with a pooler, a login and an issuer of its own', () => {
    const own = settings('postgres', {
      poolers: { main: { type: 'rw' } },
      bootstrap: { initdb: { database: 'accounts', secret: { name: 'accounts-login' } } },
      certificates: { issuerRef: { name: 'platform' } },
    })
    expect(own.env['SPRING_DATASOURCE_URL']).toMatch(
      /^jdbc:postgresql:\/\/core-pooler-main\.banking\.svc:5432\/accounts\?/,
    )
    expect(own.properties?.['spring.datasource']?.secretName).toBe('accounts-login')
    expect(own.files).toEqual({ 'postgres-authority': { secretName: 'core-server-tls', keys: ['ca.crt'] } })
  })

  test.each<[string, JsonObject, string]>([
    ['standbys', { instances: 3 }, 'core-ro'],
    ['a pooler for standbys', { instances: 3, poolers: { reads: { type: 'ro' } } }, 'core-pooler-reads'],
    ['the primary, where it is alone', { instances: 1, poolers: { reads: { type: 'ro' } } }, 'core-rw'],
    ['the primary, without a Service for standbys', { services: { disabled: ['ro'] } }, 'core-rw'],
  ])('reads go to %s', (_where, values, host) => {
    expect(variables('postgres', values)['SPRING_DATASOURCE_READONLY_URL']).toMatch(
      new RegExp(`^jdbc:postgresql://${host}\\.banking\\.svc:5432/app\\?.*&readOnly=true$`),
    )
  })

  test('and every host that it is told of is open to it', () => {
    const flows = (values: JsonObject) => {
      const accounts = servicePart('accounts', { postgres: 'core' })
      const { egress = [] } = networkOf(accounts, [accounts, dataPart('core', 'postgres', values)])
      return egress.map(({ flow, peers: [peer] }) => [flow, peer?.podSelector?.matchLabels])
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
        [`${prefix}_URL`]: address('rw') + verified(`postgres-authority-${index}`),
        [`${prefix}_READONLY_URL`]: `${address('ro')}${verified(`postgres-authority-${index}`)}&readOnly=true`,
        [`${prefix}_USERNAME`]: key(`core-s${index}-app`, 'username'),
        [`${prefix}_PASSWORD`]: key(`core-s${index}-app`, 'password'),
      }
    }
    expect(settings('postgres', { shards: { count: 2 } })).toEqual({
      env: {
        DATASOURCE_SHARDS: { configMapKeyRef: { name: 'core-connection', key: 'shards.json' } },
        ...shard(0),
        ...shard(1),
      },
      files: {
        'postgres-authority-0': { secretName: 'core-s0-ca', keys: ['ca.crt'] },
        'postgres-authority-1': { secretName: 'core-s1-ca', keys: ['ca.crt'] },
      },
    })
  })

  test('of shards with poolers and one login', () => {
    const shards = variables('postgres', {
      shards: { count: 2 },
      poolers: { rw: { type: 'rw' } },
      bootstrap: { initdb: { database: 'ledger', secret: { name: 'ledger-login' } } },
    })
    expect(shards['DATASOURCE_SHARD_1_URL']).toMatch(
      /^jdbc:postgresql:\/\/core-s1-pooler-rw\.banking\.svc:5432\/ledger\?/,
    )
    expect(shards['DATASOURCE_SHARD_1_USERNAME']).toEqual(key('ledger-login', 'username'))
  })

  test('of Kafka: the listener that takes its certificate', () => {
    const listeners = { outside: { port: 9094, type: 'loadbalancer' }, tls: { port: 9095 } }
    expect(settings('kafka', { listeners })).toMatchObject({
      env: {
        SPRING_KAFKA_BOOTSTRAP_SERVERS: 'core-kafka-bootstrap.banking.svc:9095',
        SPRING_KAFKA_SECURITY_PROTOCOL: 'SSL',
        SPRING_SSL_BUNDLE_PEM_KAFKA_RELOADONUPDATE: 'true',
        SPRING_SSL_BUNDLE_PEM_KAFKA_TRUSTSTORE_CERTIFICATE: 'file:/etc/opencore/kafka-authority/ca.crt',
        SPRING_SSL_BUNDLE_PEM_KAFKA_KEYSTORE_PRIVATEKEY: 'file:/etc/opencore/kafka-user/user.key',
        SPRING_KAFKA_CONSUMER_AUTOOFFSETRESET: 'earliest',
        SPRING_KAFKA_PROPERTIES_CLIENT_RACK: {
          fieldRef: { fieldPath: "metadata.labels['topology.kubernetes.io/zone']" },
        },
      },
      files: {
        'kafka-authority': { secretName: 'core-cluster-ca-cert', keys: ['ca.crt'], readOnce: true },
        'kafka-user': { secretName: 'accounts', keys: ['user.crt', 'user.key'] },
      },
    })
    expect(variables('kafka', { racks: { enabled: false } })).not.toHaveProperty([
      'SPRING_KAFKA_PROPERTIES_CLIENT_RACK',
    ])
  })

  test('of Kafka: the listener that takes its password, where it has one', () => {
    const values = {
      listeners: { tls: { port: 9093 }, scram: { port: 9095, authentication: 'scram-sha-512' } },
      users: { accounts: { authentication: 'scram-sha-512', consumer: { topics: ['b.events'] } } },
    }
    const found = settings('kafka', values)
    expect(found).toMatchObject({
      env: {
        SPRING_KAFKA_BOOTSTRAP_SERVERS: 'core-kafka-bootstrap.banking.svc:9095',
        SPRING_KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
        SPRING_KAFKA_PROPERTIES_SASL_MECHANISM: 'SCRAM-SHA-512',
      },
      properties: {
        'spring.kafka.properties.sasl.jaas': {
          secretName: 'accounts',
          keys: { config: 'sasl.jaas.config' },
        },
      },
    })
    expect(found.env).not.toHaveProperty(['SPRING_SSL_BUNDLE_PEM_KAFKA_KEYSTORE_PRIVATEKEY'])
    expect(found.files).toEqual({
      'kafka-authority': { secretName: 'core-cluster-ca-cert', keys: ['ca.crt'], readOnce: true },
    })
    expect(partKindOf('kafka').doors(dataPart('core', 'kafka', values))[0]?.ports).toEqual(tcp(9095))
  })

  test('of Kafka: the names that its roles hold for', () => {
    const user = {
      producer: { topics: ['a.events'], transactionalIdPrefix: 'accounts-' },
      consumer: { topics: ['b.events'], group: 'booking' },
      streams: { applicationId: 'scoring' },
    }
    expect(variables('kafka', { users: { accounts: user } })).toMatchObject({
      SPRING_KAFKA_CONSUMER_GROUPID: 'booking',
      SPRING_KAFKA_PRODUCER_TRANSACTIONIDPREFIX: 'accounts-',
      SPRING_KAFKA_STREAMS_APPLICATIONID: 'scoring',
    })
    expect(variables('kafka', { users: { accounts: { consumer: { topics: ['b.events'] } } } })).toMatchObject(
      {
        SPRING_KAFKA_CONSUMER_GROUPID: 'accounts',
      },
    )
    expect(variables('kafka')).not.toHaveProperty(['SPRING_KAFKA_CONSUMER_GROUPID'])
  })

  test.each<[string, JsonObject, number | undefined]>([
    ['listeners', { consumer: { topics: ['b.events'] } }, 3],
    ['streams', { streams: { applicationId: 'scoring' } }, 3],
    ['both', { consumer: { topics: ['b.events'] }, streams: { applicationId: 'scoring' } }, 4],
    ['a producer alone', { producer: { topics: ['a.events'] } }, undefined],
  ])('of Kafka: a phase of the shutdown for each that ends before the web server: %s', (_, user, phases) => {
    const core = dataPart('core', 'kafka', { users: { accounts: user } })
    const derive = (values: JsonObject) => {
      const accounts = servicePart('accounts', { kafka: 'core' }, { values })
      return derivedOf(accounts, [accounts, core])
    }
    const { values, places } = derive({})
    expect(valueAt(values, 'spring', 'shutdownPhases')).toBe(phases)
    expect(places.get('spring.shutdownPhases')?.file).toBe(phases && 'accounts.ts')
    expect(derive({ spring: { enabled: false } }).values).not.toHaveProperty(['spring'])
  })

  test.each([
    ['cluster', { SPRING_DATA_REDIS_CLUSTER_NODES: 'core-leader.banking.svc:6379' }],
    ['sentinel', { SPRING_DATA_REDIS_HOST: 'core-master.banking.svc' }],
    ['standalone', { SPRING_DATA_REDIS_HOST: 'core.banking.svc' }],
  ])('of Redis as %s', (mode, address) => {
    expect(settings('redis', { mode, acl: { users: { accounts: {} } } })).toMatchObject({
      env: {
        ...address,
        SPRING_DATA_REDIS_USERNAME: 'accounts',
        SPRING_DATA_REDIS_SSL_BUNDLE: 'redis',
        SPRING_SSL_BUNDLE_PEM_REDIS_TRUSTSTORE_CERTIFICATE: 'file:/etc/opencore/redis-authority/ca.crt',
      },
      files: { 'redis-authority': { secretName: 'core-tls', keys: ['ca.crt'], readOnce: true } },
      properties: { 'spring.data.redis': { secretName: 'core-auth', keys: { password: 'accounts' } } },
    })
  })

  test.each<[string, JsonObject, string]>([
    ['its use', {}, 'REDIS_CACHE'],
    ['its only group', { keyspaces: { queryResults2: {} } }, 'REDIS_QUERY_RESULTS_2'],
    [
      'those that a service is let into',
      { keyspaces: { a: {}, b: {} }, acl: { users: { accounts: { keyspaces: ['b'] } } } },
      'REDIS_B',
    ],
  ])('of Redis: where keys begin and how long they live, by %s', (_, values, variable) => {
    const ask = (key: string) => ({ configMapKeyRef: { name: 'core-client', key } })
    expect(variables('redis', values)).toMatchObject({
      [`${variable}_TTL_SECONDS`]: ask(`${variable}_TTL_SECONDS`),
      SPRING_CACHE_REDIS_KEYPREFIX: ask(`${variable}_PREFIX`),
      SPRING_CACHE_REDIS_TIMETOLIVE: `$(${variable}_TTL_SECONDS)s`,
    })
    expect(variables('redis', { ...values, use: 'session' })).not.toHaveProperty([
      'SPRING_CACHE_REDIS_KEYPREFIX',
    ])
  })

  test('is where its chart reads it: files in volumes, and properties, or variables for what is no Spring', () => {
    const core = dataPart('core', 'postgres')
    const derive = (values: JsonObject) => {
      const accounts = servicePart('accounts', { postgres: 'core' }, { values })
      return derivedOf(accounts, [accounts, core]).values
    }
    expect(derive({})).toMatchObject({
      volumes: {
        'postgres-authority': {
          mountPath: '/etc/opencore/postgres-authority',
          readOnly: true,
          secret: { secretName: 'core-ca' },
        },
      },
      spring: {
        configTree: {
          'spring.datasource': {
            secretName: 'core-app',
            items: [
              { key: 'username', path: 'username' },
              { key: 'password', path: 'password' },
            ],
          },
        },
      },
    })
    const plain = derive({ spring: { enabled: false } })
    expect(plain).toMatchObject({ env: { SPRING_DATASOURCE_PASSWORD: key('core-app', 'password') } })
    expect(plain).not.toHaveProperty(['spring'])
  })

  test('what is read once at the start replaces the pods that have read it', () => {
    const parts = [dataPart('books', 'postgres'), dataPart('core', 'kafka'), dataPart('cache', 'redis')]
    const derive = (values: JsonObject) => {
      const accounts = servicePart(
        'accounts',
        { postgres: 'books', kafka: 'core', redis: 'cache' },
        { values },
      )
      return derivedOf(accounts, [accounts, ...parts]).values['restartOn']
    }
    // Not `books-ca`, which the driver reads for each connection.
    expect(derive({})).toEqual(['accounts', 'books-app', 'cache-auth', 'cache-tls', 'core-cluster-ca-cert'])
    expect(derive({ workload: { type: 'CronJob' } })).toBeUndefined()
    const shards = dataPart('books', 'postgres', { shards: { count: 2 } })
    const sharded = servicePart('accounts', { postgres: 'books' })
    expect(derivedOf(sharded, [sharded, shards]).values['restartOn']).toEqual([
      'books-s0-app',
      'books-s1-app',
    ])
  })
})
