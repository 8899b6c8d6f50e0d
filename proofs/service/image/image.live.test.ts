import { findRootLack } from '@opencore/images'
import { jvmImage } from '@opencore/nodes'
import { installPostgres, startPostgres, type Postgres } from '@opencore/servers'
import { findDebianLack } from '@opencore/toolchain/debian'
import { execa } from 'execa'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderLocalised } from '../../shared/render-localised.ts'
import type { PodSpec } from './run-pod.ts'
import { startPod, tellPod, type ReadyPod } from './start-pod.ts'

// The image that stands for the bank's services, as the pod that the model and the chart give to one of them: it runs as that
// user on a root that it cannot write to, and is told by these variables and files.

const installation = await installPostgres()
const lack =
  findDebianLack()?.found ??
  (await findRootLack()) ??
  ('missing' in installation ? installation.missing : undefined)
if (lack !== undefined) console.error(`an image that runs: skipped: ${lack}`)

const DATABASE = 'ledger-db-rw.banking-services.svc'
const login = { user: 'ledger', password: 'a password with "quotes" and $signs', database: 'ledger' }

describe.skipIf(lack !== undefined)('an image that runs as a rendered pod', () => {
  let database: Postgres
  let image: Awaited<ReturnType<typeof jvmImage>>
  let pod: PodSpec
  let service: ReadyPod

  const start = (flags: string) => startPod(image, pod, { database, login, hosts: [DATABASE] }, flags)

  beforeAll(async () => {
    if ('missing' in installation) return
    image = await jvmImage('opencore.local/ledger:1', console.error)
    const objects = await renderLocalised('staging', ['ledger'], (definition) => definition)
    const deployment = objects.find(({ kind }) => kind === 'Deployment') as unknown as {
      spec: { template: { spec: PodSpec } }
    }
    pod = deployment.spec.template.spec
    const rules = ['hostnossl all all all reject']
    database = await startPostgres(installation, {
      parameters: {},
      preload: [],
      rules,
      maps: [],
      names: [DATABASE],
    })
    await database.query(`create role ledger login password '${login.password}'`)
    await database.query('create database ledger owner ledger')
    // The cache has to be good, or the virtual machine ends.
    service = await start('-XX:AOTMode=on')
  })
  afterAll(async () => {
    await service.stop()
    await database.stop()
    if (!('missing' in installation)) await installation.remove()
  })

  it('is ready as its probes see it, and on the port for traffic', async () => {
    const asked = async (url: string) => ((await (await fetch(url)).json()) as { status: string }).status
    const [container] = pod.containers
    const probes = [container?.livenessProbe.httpGet, container?.readinessProbe.httpGet]
    // The one that takes it out of its Service asks where the Service sends to.
    expect(probes).toEqual([
      { path: '/actuator/health/liveness', port: 'management' },
      { path: '/readyz', port: 'http' },
    ])
    for (const probe of probes)
      expect(await asked(service.url(probe?.port ?? '', probe?.path ?? ''))).toBe('UP')
    expect(await asked(service.url('management', '/actuator/health/readiness'))).toBe('UP')
  })

  it('keeps a fact in its database, and gives it back', async () => {
    const facts = service.url('http', '/api/v1/ledger/facts')
    const body = JSON.stringify({ text: 'the first' })
    const written = await fetch(facts, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const fact = (await written.json()) as { id: number; text: string; written: string }
    expect([written.status, fact]).toMatchObject([201, { text: 'the first' }])
    expect(await (await fetch(facts)).json()).toEqual([fact])
    expect(await (await fetch(service.url('http', '/?count=1'))).json()).toEqual([fact])
    expect(await database.query('select id, text from fact', { ...login, tls: true })).toEqual([
      { id: String(fact.id), text: 'the first' },
    ])
  })

  it('refuses what is no fact, in the form of RFC 9457', async () => {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text": " "}' }
    const answer = await fetch(service.url('http', '/'), request)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ status: 400, detail: 'text is empty' })
  })

  it('talks to its database by TLS, as whom its files say', async () => {
    const rows = await database.query(
      `select distinct usename, ssl from pg_stat_ssl join pg_stat_activity using (pid) where datname = 'ledger'`,
    )
    expect(rows).toEqual([{ usename: 'ledger', ssl: true }])
    const environment = await readFile(`/proc/${await service.pid()}/environ`, 'utf8')
    expect(environment).toContain('configtree:/etc/config-tree/')
    expect(environment).not.toContain(login.password)
  })

  it('has metrics for alerts and dashboards', async () => {
    const metrics = await (await fetch(service.url('management', '/actuator/prometheus'))).text()
    expect(metrics).toMatch(/^hikaricp_connections_active\{pool="HikariPool-1"\} /m)
    expect(metrics).toMatch(/^http_server_requests_seconds_bucket\{.*method="POST".*le="0.5"\} 1$/m)
    expect(metrics).toMatch(/^jvm_memory_used_bytes\{area="heap"/m)
  })

  it('is not root, gains nothing, and cannot write', async () => {
    const pid = await service.pid()
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    expect(status).toMatch(/^Uid:\t10001\t10001\t10001\t10001$/m)
    expect(status).toMatch(/^CapEff:\t0000000000000000$/m)
    expect(status).toMatch(/^NoNewPrivs:\t1$/m)
    const mounts = await readFile(`/proc/${pid}/mountinfo`, 'utf8')
    expect(mounts).toMatch(/^\d+ \d+ \S+ \/ \/ ro/m)
  })

  it('starts with less work by what a rehearsal taught', async () => {
    const plain = await start('-XX:AOTMode=off')
    await plain.stop()
    const { stdout } = await execa('du', ['--summarize', '--bytes', image.root])
    const megabytes = Math.round(Number(stdout.split('\t')[0]) / 1e6)
    const told = ({ seconds }: ReadyPod) => `${seconds.start} s, ${seconds.processors} s of processors`
    console.error(`image: ${megabytes} MB; start with the cache: ${told(service)}; without: ${told(plain)}`)
    expect(service.seconds.processors).toBeLessThan(plain.seconds.processors * 0.8)
  })

  it('ends where the file has another password', async () => {
    const other = { database, login: { ...login, password: 'another' }, hosts: [DATABASE] }
    const wrong = await tellPod(image, pod, other, '-XX:AOTMode=on')
    expect(await wrong.end).toBe(1)
    expect(wrong.output()).toContain(String.raw`password authentication failed for user \"ledger\"`)
  })

  it('finishes what it has when it is told to end', async () => {
    expect(await service.stop()).toBe(143)
    expect(service.output()).toContain('Graceful shutdown complete')
  })
})
