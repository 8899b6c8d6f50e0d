import { installKafka, startKafka, type Kafka, type KafkaAnswer } from '@opencore/servers'
import { execa } from 'execa'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../shared/root.ts'
import { parseProperties } from './parse-properties.ts'
import { renderCases } from '../shared/render-cases.ts'

/** Who may write and read what, said once more by hand: the roles of the cases' values in other words. */
const reach: Record<string, { writes: string[]; reads: string[] }> = {
  accounts: { writes: ['accounts.balances', 'accounts.events'], reads: [] },
  payments: {
    writes: ['accounts.events.payments.dlt', 'audit.trail', 'payments.events'],
    reads: ['accounts.events', 'accounts.events.payments.dlt'],
  },
  ledger: {
    writes: ['Ledger_Entries', 'accounts.events.ledger-postings.dlt', 'payments.events.ledger-postings.dlt'],
    reads: [
      'accounts.events',
      'accounts.events.ledger-postings.dlt',
      'payments.events',
      'payments.events.ledger-postings.dlt',
    ],
  },
  'fraud-scoring': { writes: ['fraud.scores'], reads: ['payments.events'] },
  'analytics-connect': {
    writes: ['analytics-configs', 'analytics-offsets', 'analytics-status'],
    reads: ['analytics-configs', 'analytics-offsets', 'analytics-status', 'payments.events'],
  },
  'eu-central-1-mirror': { writes: [], reads: ['accounts.balances', 'accounts.events', 'payments.events'] },
  operations: { writes: [], reads: [] },
  'kafka-test': { writes: ['kafka-test'], reads: ['kafka-test'] },
  'kafka-connect': {
    writes: [
      'archive.dlt',
      'cards.events',
      'heartbeat.ledger',
      'kafka-connect-configs',
      'kafka-connect-offsets',
      'kafka-connect-status',
      'ledger.public.outbox',
      'ledger.public.postings',
    ],
    reads: [
      'accounts.events',
      'kafka-connect-configs',
      'kafka-connect-offsets',
      'kafka-connect-status',
      'ledger.public.postings',
      'ledger.signals',
    ],
  },
  'kafka-mirror': {
    writes: [
      'accounts.balances',
      'eu-west-1.checkpoints.internal',
      'kafka-mirror-configs',
      'kafka-mirror-offsets',
      'kafka-mirror-status',
      'mm2-offset-syncs.eu-west-1.internal',
      'payments.events',
    ],
    reads: [
      'accounts.balances',
      'eu-west-1.checkpoints.internal',
      'kafka-mirror-configs',
      'kafka-mirror-offsets',
      'kafka-mirror-status',
      'mm2-offset-syncs.eu-west-1.internal',
      'payments.events',
    ],
  },
}

const rendered = await renderCases(root, 'kafka', { release: 'kafka', namespace: 'banking-data' })
const cases = ['production', 'connect', 'standby', 'defaults', 'development', 'three-brokers'].map(
  readKafkaCase,
)
const [production, ...others] = cases
const topics = new Map(
  [...cases].reverse().flatMap(({ topics }) => topics.map((topic) => [topic.topic, topic])),
)
/** The first case that has a user says what it may do. */
const users = new Map([...cases].reverse().flatMap(({ users }) => users.map((user) => [user.name, user])))
const installation = await installKafka()
const missing = 'missing' in installation ? installation.missing : undefined

describe('charts/kafka on a real cluster', () => {
  let kafka: Kafka
  let folder: string
  const ask = (user: string, request: Record<string, unknown>): Promise<KafkaAnswer> =>
    kafka.client.ask(kafka.as(user), request)
  const existing = [...topics.values()].filter(({ replicas }) => replicas === 3)

  beforeAll(async () => {
    if ('missing' in installation || !production) return
    folder = await mkdtemp(join(tmpdir(), 'opencore-kafka-'))
    const names = [...users.values()]
    kafka = await startKafka(installation, {
      nodes: 3,
      metadataVersion: production.metadataVersion,
      config: production.config,
      certificates: names.filter(({ password }) => !password).map(({ name }) => name),
      passwords: Object.fromEntries(
        names.filter(({ password }) => password).map(({ name }) => [name, `pass of ${name}`]),
      ),
    })
  }, 300_000)
  afterAll(async () => {
    if ('missing' in installation) return
    await kafka.stop()
    await installation.remove()
    await rm(folder, { recursive: true })
  })

  it('runs the version that the chart asks for by default', ({ skip }) => {
    skip(missing !== undefined, missing)
    expect(installation).toMatchObject({ version: production?.version })
  })

  it('knows every setting of the brokers', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { answer } = await ask('admin', { do: 'brokerSettings', broker: '0' })
    const settings = new Set(cases.flatMap(({ config }) => Object.keys(config)))
    expect([...settings].filter((name) => !(answer as string[]).includes(name))).toEqual([])
  })

  it('takes every topic with all its settings', async ({ skip }) => {
    skip(missing !== undefined, missing)
    for (const topic of existing)
      expect(await ask('admin', { do: 'createTopic', ...topic }), topic.topic).toEqual({ answer: true })
    for (const { topics } of others)
      for (const topic of topics.filter(({ topic }) => !existing.some((other) => other.topic === topic)))
        expect(await ask('admin', { do: 'createTopic', validateOnly: true, ...topic }), topic.topic).toEqual({
          answer: true,
        })
  }, 120_000)

  it('takes every rule of every user', async ({ skip }) => {
    skip(missing !== undefined, missing)
    for (const { name, password, rules } of users.values()) {
      const principal = password ? `User:${name}` : `User:CN=${name}`
      const { answer } = await ask('admin', { do: 'addRules', principal, rules })
      expect(answer, name).toBeGreaterThanOrEqual(rules.length)
    }
    expect([...users.keys()].sort()).toEqual(Object.keys(reach).sort())
  }, 120_000)

  it('lets each user write and read its own topics, and no other', async ({ skip }) => {
    skip(missing !== undefined, missing)
    for (const { topic } of existing) await ask('admin', { do: 'produce', topic, values: ['seed'] })
    const names = existing.map(({ topic }) => topic).sort()
    for (const user of users.keys())
      expect(await ask(user, { do: 'reach', topics: names }), user).toEqual({ answer: reach[user] })
  }, 300_000)

  it('lets nobody make, change or delete what is not theirs', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const make = (topic: string) => ({ do: 'createTopic', topic, partitions: 1, replicas: 3, config: {} })
    const refused = { refused: 'TopicAuthorizationException' }
    expect(await ask('payments', make('payments.more'))).toMatchObject(refused)
    expect(await ask('payments', { do: 'deleteTopic', topic: 'payments.events' })).toMatchObject(refused)
    expect(await ask('payments', { do: 'describeTopicSettings', topic: 'payments.events' })).toMatchObject(
      refused,
    )
    expect(await ask('fraud-scoring', make('fraud-scoring-counts-changelog'))).toEqual({ answer: true })
    expect(await ask('fraud-scoring', make('fraud.more'))).toMatchObject(refused)
    expect(await ask('analytics-connect', make('analytics.more'))).toEqual({ answer: true })
    expect(await ask('kafka-mirror', { do: 'deleteTopic', topic: 'payments.events' })).toMatchObject(refused)
  }, 60_000)

  it('keeps groups and transactions to their owners', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const consume = (user: string, group: string) =>
      kafka.client.ask(
        { ...kafka.as(user), 'group.id': group },
        { do: 'consume', topic: 'accounts.events', count: 1 },
      )
    expect(await consume('ledger', 'ledger-postings')).toMatchObject({
      answer: expect.arrayContaining(['seed']) as unknown,
    })
    expect(await consume('ledger', 'payments')).toMatchObject({ refused: 'GroupAuthorizationException' })
    const transact = (id: string) =>
      kafka.client.ask(
        { ...kafka.as('payments'), 'transactional.id': id },
        { do: 'transact', topic: 'payments.events' },
      )
    expect(await transact('payments-1')).toEqual({ answer: true })
    expect(await transact('ledger-1')).toMatchObject({ refused: 'TransactionalIdAuthorizationException' })
  }, 60_000)

  it('delivers to `helm test` over TLS, and to nobody without a certificate', async ({ skip }) => {
    skip(missing !== undefined, missing)
    expect(await runHelmTest({})).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('delivered over TLS') as string,
    })
    // Able to fail: a topic that the user may not write.
    expect((await runHelmTest({ TOPIC: 'payments.events' })).exitCode).not.toBe(0)
  }, 180_000)

  it('knows every setting that clients are handed', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const { answer } = await ask('admin', { do: 'clientSettings' })
    const known = answer as Record<'producer' | 'consumer', string[]>
    expect(Object.keys(production?.clients.producer ?? {})).not.toEqual([])
    for (const kind of ['producer', 'consumer'] as const)
      expect(
        Object.keys(production?.clients[kind] ?? {}).filter((name) => !known[kind].includes(name)),
      ).toEqual([])
  })

  it('loses no acknowledged record with a broker, under the settings that clients are handed', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    const values = Array.from({ length: 200 }, (_, number) => `value ${number}`)
    const produce = (some: string[]) =>
      kafka.client.ask(
        { ...production?.clients.producer, ...kafka.as('accounts') },
        { do: 'produce', topic: 'accounts.events', values: some },
      )
    expect(await produce(values.slice(0, 100))).toEqual({ answer: true })
    await kafka.stopNode(0)
    expect(await produce(values.slice(100))).toEqual({ answer: true })
    const read = await kafka.client.ask(
      { ...production?.clients.consumer, ...kafka.as('payments'), 'group.id': 'payments' },
      { do: 'consume', topic: 'accounts.events', count: 202 },
    )
    expect(read.answer).toEqual(expect.arrayContaining(values))
  }, 120_000)

  /** The script of the rendered pod, as a process: Kafka's commands are scripts that call the same classes. */
  async function runHelmTest(env: Record<string, string>) {
    if ('missing' in installation) throw new Error(installation.missing)
    const work = await mkdtemp(join(folder, 'work-'))
    const bin = join(work, 'bin')
    await mkdir(bin)
    const commands = {
      'kafka-console-producer.sh': 'org.apache.kafka.tools.ConsoleProducer',
      'kafka-console-consumer.sh': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
      'kafka-broker-api-versions.sh': 'org.apache.kafka.tools.BrokerApiVersionsCommand',
    }
    for (const [name, main] of Object.entries(commands)) {
      const command = ['java', ...installation.run(main)].map((word) => `'${word}'`).join(' ')
      await writeFile(join(bin, name), `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 })
    }
    const certificates = kafka.certificatesOf('kafka-test')
    const { command = [], args = [], env: rendered = {} } = production?.test ?? {}
    const [program = '', ...options] = [...command, ...args]
    return execa(program, options, {
      reject: false,
      env: {
        ...rendered,
        BOOTSTRAP: kafka.bootstrap,
        KAFKA_BIN: bin,
        USER_FOLDER: certificates,
        CA_FOLDER: certificates,
        WORK_FOLDER: work,
        ...env,
      },
    })
  }
})

describe('alerts of charts/kafka', () => {
  it('ask for metrics that the reporter tells of, or that others have', () => {
    const others = /^(kafka_consumergroup|kafka_topic_partition)_/
    const names = cases.flatMap(({ expressions }) =>
      expressions.flatMap((text) => text.match(/kafka_[a-z_]+/g) ?? []),
    )
    // A mirror's consumer has a reporter of its own, with a list of its own.
    const allowed = cases.flatMap(({ allowList, mirrorAllowList }) =>
      [...allowList, ...mirrorAllowList].map((pattern) => new RegExp(`^${pattern}$`)),
    )
    const untold = names.filter(
      (name) => !others.test(name) && !allowed.some((pattern) => pattern.test(name)),
    )
    expect(names).not.toEqual([])
    expect(untold).toEqual([])
  })
  it('have a runbook each', async () => {
    const runbooks = await readFile(join(root, 'charts/kafka/RUNBOOKS.md'), 'utf8')
    const alerts = cases.flatMap(({ alerts }) => alerts)
    expect(new Set(alerts).size).toBe(19)
    expect(alerts.filter((alert) => !runbooks.includes(`\n## ${alert}\n`))).toEqual([])
  })
})

/** What a case of the chart says to Kafka. */
function readKafkaCase(name: string) {
  const objects = rendered.find((chartCase) => chartCase.name === name)?.objects ?? []
  const of = (kind: string) => objects.filter((object) => object.kind === kind) as unknown as KafkaObject[]
  const [cluster] = of('Kafka')
  if (!cluster) throw new Error(`the case ${name} has no Kafka`)
  const container = of('Pod')[0]?.spec.containers?.[0]
  const handed = of('ConfigMap').find(({ metadata }) => metadata.name.endsWith('-client'))?.data ?? {}
  const { version = '', metadataVersion = '', config = {} } = cluster.spec.kafka ?? {}
  return {
    version,
    metadataVersion,
    config,
    topics: of('KafkaTopic').map(({ spec: { topicName: topic = '', partitions, replicas, config } }) => ({
      topic,
      partitions,
      replicas,
      config,
    })),
    users: of('KafkaUser').map(({ metadata, spec: { authentication, authorization } }) => ({
      name: metadata.name,
      password: authentication?.type === 'scram-sha-512',
      rules: authorization?.acls ?? [],
    })),
    allowList: cluster.spec.kafka?.metricsConfig?.values.allowList ?? [],
    mirrorAllowList: of('KafkaMirrorMaker2').flatMap(({ spec }) =>
      (spec.mirrors ?? []).flatMap(
        ({ sourceConnector: { config = {} } }) =>
          config['consumer.prometheus.metrics.reporter.allowlist']?.split(',') ?? [],
      ),
    ),
    expressions: [
      ...of('PrometheusRule').flatMap(
        ({ spec }) => spec.groups?.flatMap(({ rules }) => rules.map(({ expr }) => expr)) ?? [],
      ),
      ...of('ConfigMap').flatMap(({ data }) =>
        Object.entries(data ?? {}).flatMap(([file, text]) => (file.endsWith('.json') ? text : [])),
      ),
    ],
    alerts: of('PrometheusRule').flatMap(
      ({ spec }) => spec.groups?.flatMap(({ rules }) => rules.map(({ alert }) => alert)) ?? [],
    ),
    clients: {
      producer: parseProperties(handed['producer.properties'] ?? ''),
      consumer: parseProperties(handed['consumer.properties'] ?? ''),
    },
    test: container && {
      ...container,
      env: Object.fromEntries(container.env.map(({ name, value }) => [name, value])),
    },
  }
}

interface KafkaObject {
  metadata: { name: string }
  data?: Record<string, string>
  spec: {
    kafka?: {
      version: string
      metadataVersion: string
      config: Record<string, string | number | boolean>
      metricsConfig?: { values: { allowList: string[] } }
    }
    mirrors?: { sourceConnector: { config?: Record<string, string> } }[]
    topicName?: string
    partitions?: number
    replicas?: number
    config?: Record<string, string>
    authentication?: { type: string }
    authorization?: { acls: unknown[] }
    groups?: { rules: { alert: string; expr: string }[] }[]
    containers?: { command: string[]; args: string[]; env: { name: string; value: string }[] }[]
  }
}
