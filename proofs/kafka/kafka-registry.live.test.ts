import {
  installKafka,
  installRegistry,
  makeIssuer,
  makeScratchFolder,
  startKafka,
  startRegistry,
  startTokenIssuer,
  type Kafka,
  type Registry,
  type ScratchFolder,
  type TokenIssuer,
} from '@opencore/servers'
import { execa } from 'execa'
import { chmod, cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../shared/root.ts'
import { renderCases } from '../shared/render-cases.ts'

const installations = { kafka: await installKafka(), registry: await installRegistry() }
const missing = Object.values(installations)
  .flatMap((installation) => ('missing' in installation ? [installation.missing] : []))
  .join(', ')
const objects =
  (await renderCases(root, 'kafka', { release: 'kafka', namespace: 'banking-data' })).find(
    ({ name }) => name === 'registry',
  )?.objects ?? []
const of = (kind: string) => objects.filter((object) => object.kind === kind) as unknown as Rendered[]
const container = (kind: string) => of(kind)[0]?.spec.template?.spec.containers[0]
const envOf = (kind: string) =>
  Object.fromEntries((container(kind)?.env ?? []).map(({ name, value }) => [name, value]))

const person = (...fields: object[]) => JSON.stringify({ type: 'record', name: 'Opened', fields })
const first = person({ name: 'iban', type: 'string' })
const compatible = person({ name: 'iban', type: 'string' }, { name: 'note', type: 'string', default: '' })
const incompatible = person({ name: 'iban', type: 'string' }, { name: 'branch', type: 'string' })

describe('the schema registry of charts/kafka', () => {
  let kafka: Kafka
  let folder: ScratchFolder
  let issuer: TokenIssuer
  let registry: Registry

  beforeAll(async () => {
    if (missing !== '') return
    const { kafka: brokers } = installations
    if ('missing' in brokers) return
    folder = await makeScratchFolder('schemas')
    const [cluster] = of('Kafka')
    kafka = await startKafka(brokers, {
      nodes: 3,
      metadataVersion: cluster?.spec.kafka?.metadataVersion ?? '',
      config: cluster?.spec.kafka?.config ?? {},
      certificates: ['kafka-registry'],
      passwords: {},
    })
    const ask = (request: Record<string, unknown>) => kafka.client.ask(kafka.as('admin'), request)
    for (const { spec } of of('KafkaTopic'))
      await ask({
        do: 'createTopic',
        topic: spec.topicName,
        partitions: spec.partitions,
        replicas: spec.replicas,
        config: spec.config,
      })
    const user = of('KafkaUser').find(({ metadata }) => metadata.name === 'kafka-registry')
    await ask({ do: 'addRules', principal: 'User:CN=kafka-registry', rules: user?.spec.authorization?.acls })
    await mountSecrets()
    issuer = await startTokenIssuer(join(folder.path, 'issuer'), {
      rules: { secret: 'a secret & more', audience: 'schema-registry', roles: ['sr-developer'] },
      accounts: { secret: '-', audience: 'schema-registry', roles: ['sr-developer'] },
      reader: { secret: '-', audience: 'schema-registry', roles: ['sr-readonly'] },
      stranger: { secret: '-', audience: 'another-api', roles: ['sr-admin'] },
    })
    registry = await start()
  }, 600_000)
  afterAll(async () => {
    if (missing !== '') return
    await registry.stop()
    issuer.stop()
    await kafka.stop()
    await folder.remove()
    for (const installation of Object.values(installations))
      if (!('missing' in installation)) await installation.remove()
  })

  it('is of the version that the chart asks for', ({ skip }) => {
    skip(missing !== '', missing)
    expect(container('Deployment')?.image).toBe(
      `quay.io/apicurio/apicurio-registry:${'version' in installations.registry ? installations.registry.version : ''}`,
    )
  })

  it('takes the rules of its Job, again and again', async ({ skip }) => {
    skip(missing !== '', missing)
    for (let run = 1; run <= 2; run++)
      expect(await setRules()).toMatchObject({
        exitCode: 0,
        stdout:
          'accounts.balances-value: FORWARD\naccounts.events-value: BACKWARD\npayments.events-value: FULL_TRANSITIVE',
      })
    expect(await setRules({ RULES: 'payments.events-value FULL' })).toMatchObject({ exitCode: 0 })
    expect(await setRules()).toMatchObject({ exitCode: 0 })
    const rule = '/groups/default/artifacts/payments.events-value/rules/COMPATIBILITY'
    expect(await call('accounts', 'GET', rule)).toMatchObject({
      status: 200,
      answer: { config: 'FULL_TRANSITIVE' },
    })
    // Able to fail: a secret that is wrong, and a client without the right.
    for (const credentials of ['guessed', 'reader'])
      expect(
        (await setRules({ CREDENTIALS_FOLDER: join(folder.path, 'mnt', credentials) })).exitCode,
      ).not.toBe(0)
  }, 300_000)

  it('takes schemas over TLS, and none that breaks the rule', async ({ skip }) => {
    skip(missing !== '', missing)
    expect(await register('accounts', first)).toMatchObject({ status: 200 })
    expect(await register('accounts', compatible)).toMatchObject({ status: 200 })
    expect(await register('accounts', incompatible)).toMatchObject({
      status: 400,
      answer: { name: 'RuleViolationException' },
    })
  })

  it('answers nobody without a token, without the right, or without TLS', async ({ skip }) => {
    skip(missing !== '', missing)
    const artifacts = '/groups/default/artifacts'
    expect(await call(undefined, 'GET', artifacts)).toMatchObject({ status: 401 })
    expect(await call('stranger', 'GET', artifacts)).toMatchObject({ status: 401 })
    expect(await call('reader', 'GET', artifacts)).toMatchObject({ status: 200 })
    expect(await register('reader', compatible)).toMatchObject({ status: 403 })
    expect(
      await call('accounts', 'GET', artifacts, undefined, registry.url.replace('https', 'http')),
    ).toMatchObject({
      status: 0,
    })
  })

  it('passes `helm test`', async ({ skip }) => {
    skip(missing !== '', missing)
    expect(await runHelmTest(registry.url)).toMatchObject({ exitCode: 0 })
    // Able to fail: a registry that is not there.
    expect((await runHelmTest('https://localhost:9/apis/registry/v3')).exitCode).not.toBe(0)
  }, 60_000)

  it('tells the metrics that its alerts ask for', async ({ skip }) => {
    skip(missing !== '', missing)
    const metrics = await (await fetch(`${registry.management}/metrics`)).text()
    const rules = of('PrometheusRule').flatMap(({ spec }) => spec.groups?.flatMap(({ rules }) => rules) ?? [])
    const asked = rules
      .filter(({ alert }) => ['KafkaRegistryDown', 'KafkaRegistryErrors'].includes(alert))
      .flatMap(({ expr }) => expr.match(/[a-z_]+(?=\{)/g) ?? [])
    expect(asked).toHaveLength(3)
    for (const name of asked) expect(metrics).toContain(`\n${name}`)
  })

  it('keeps its schemas in the journal, and reaches nothing else', async ({ skip }) => {
    skip(missing !== '', missing)
    await registry.stop()
    registry = await start()
    expect(await register('accounts', incompatible)).toMatchObject({ status: 400 })
    await registry.stop()
    const topics = of('KafkaTopic')
      .map(({ spec }) => spec.topicName ?? '')
      .sort()
    for (const topic of topics)
      await kafka.client.ask(kafka.as('admin'), { do: 'produce', topic, values: ['-'] })
    expect(await kafka.client.ask(kafka.as('kafka-registry'), { do: 'reach', topics })).toEqual({
      answer: {
        writes: ['kafka-registry-events', 'kafka-registry-journal'],
        reads: ['kafka-registry-journal', 'kafka-registry-snapshots'],
      },
    })
  }, 300_000)

  /** The Secrets that the pods mount, where the operators would make them. */
  async function mountSecrets() {
    const mnt = join(folder.path, 'mnt')
    const certificates = await makeIssuer()
    await certificates.write(join(mnt, 'tls'), ['localhost'])
    await certificates.write(join(folder.path, 'issuer'), ['localhost'])
    await cp(join(folder.path, 'issuer'), join(mnt, 'issuer-ca'), { recursive: true })
    for (const mount of ['user', 'cluster-ca'])
      await cp(kafka.certificatesOf('kafka-registry'), join(mnt, mount), { recursive: true })
    const credentials = {
      credentials: ['rules', 'a secret & more'],
      guessed: ['rules', 'guess'],
      reader: ['reader', '-'],
    }
    for (const [mount, [id = '', secret = '']] of Object.entries(credentials)) {
      await mkdir(join(mnt, mount))
      await writeFile(join(mnt, mount, 'client-id'), id)
      await writeFile(join(mnt, mount, 'client-secret'), secret)
    }
    await mkdir(join(folder.path, 'tmp'))
    await chmod(join(folder.path, 'tmp'), 0o777)
    await execa('chmod', ['-R', 'a+rX', mnt])
  }

  /** What the chart tells it, with this machine's folders and addresses. */
  function localised(env: Record<string, string>, replaced: Record<string, string>) {
    const known = Object.entries(replaced).filter(([name]) => name in env)
    const moved = Object.entries(env).map(([name, value]) => [
      name,
      value.replaceAll('/mnt/', `${join(folder.path, 'mnt')}/`),
    ])
    expect(known).toHaveLength(Object.keys(replaced).length)
    return { ...(Object.fromEntries(moved) as Record<string, string>), ...replaced }
  }

  async function start(): Promise<Registry> {
    if ('missing' in installations.registry) throw new Error(missing)
    return startRegistry(installations.registry, {
      folder: join(folder.path, 'tmp'),
      env: localised(envOf('Deployment'), {
        APICURIO_KAFKASQL_BOOTSTRAP_SERVERS: kafka.bootstrap,
        QUARKUS_OIDC_AUTH_SERVER_URL: issuer.url,
      }),
    })
  }

  /** The command of the Job's container, as a process. */
  function setRules(env: Record<string, string> = {}) {
    const { command = [], args = [] } = container('Job') ?? {}
    const [program = '', ...options] = [...command, ...args]
    return execa(program, options, {
      reject: false,
      env: {
        ...localised(envOf('Job'), {
          REGISTRY_URL: registry.url,
          ISSUER: issuer.url,
          WORK_FOLDER: join(folder.path, 'tmp'),
        }),
        ...env,
      },
    })
  }

  /** The command of the test's pod, as a process. */
  function runHelmTest(url: string) {
    const pod = of('Pod').find(({ metadata }) => metadata.name === 'kafka-registry-test')
    const { command = [], args = [], env = [] } = pod?.spec.containers?.[0] ?? {}
    const [program = '', ...options] = [...command, ...args]
    const told = Object.fromEntries(env.map(({ name, value }) => [name, value]))
    return execa(program, options, { reject: false, env: localised(told, { REGISTRY_URL: url }) })
  }

  const register = (as: string, content: string) =>
    call(as, 'POST', '/groups/default/artifacts?ifExists=FIND_OR_CREATE_VERSION', {
      artifactId: 'accounts.events-value',
      artifactType: 'AVRO',
      firstVersion: { content: { content, contentType: 'application/json' } },
    })

  /** A request of a client of the issuer; status 0 when nobody answers. */
  async function call(
    as: string | undefined,
    method: string,
    path: string,
    body?: object,
    url = registry.url,
  ) {
    const authority = ['--cacert', join(folder.path, 'mnt/tls/ca.crt')]
    const token = as === undefined ? [] : ['--header', `Authorization: Bearer ${issuer.tokenOf(as)}`]
    const data = body ? ['--header', 'Content-Type: application/json', '--data', JSON.stringify(body)] : []
    const options = ['--silent', '--write-out', '\n%{http_code}', '--request', method]
    const { stdout } = await execa('curl', [...options, ...authority, ...token, ...data, url + path], {
      reject: false,
    })
    const [status = '', ...answer] = stdout.split('\n').reverse()
    const text = answer.reverse().join('\n')
    return { status: Number(status), answer: text.startsWith('{') ? (JSON.parse(text) as unknown) : text }
  }
})

interface Rendered {
  metadata: { name: string }
  spec: {
    kafka?: { metadataVersion: string; config: Record<string, string | number | boolean> }
    topicName?: string
    partitions?: number
    replicas?: number
    config?: Record<string, string>
    authorization?: { acls: unknown[] }
    groups?: { rules: { alert: string; expr: string }[] }[]
    template?: { spec: { containers: Container[] } }
    containers?: Container[]
  }
}

interface Container {
  image: string
  command?: string[]
  args?: string[]
  env: { name: string; value: string }[]
}
