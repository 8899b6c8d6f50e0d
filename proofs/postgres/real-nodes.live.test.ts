import type { Definition, KubernetesObject } from '@opencore/cluster'
import { cloudNativePg, findLack, postgresImage } from '@opencore/nodes'
import type { Environment } from '@opencore/model/define'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyAll } from '../shared/apply-all.ts'
import { startRealCluster, type RealCluster } from '../shared/real-cluster.ts'
import { renderLocalised, withApiServer } from '../shared/render-localised.ts'
import { clientPod, type ClientPod } from './real/client-pod.ts'
import { longestGap, readAcknowledged, WRITE_ROWS } from './real/read-acknowledged.ts'

// The book of record of staging as `argocd/` has it, with the namespaces, quotas, limits and policies that it has there:
// run by the real CloudNativePG, with a real PostgreSQL, on real nodes whose enforcer refuses what no policy opens.
// It differs in where the API server is, and has no archive.

const lack = await findLack()
if (lack !== undefined) process.stderr.write(`CloudNativePG on real nodes: skipped: ${lack}\n`)

const ENVIRONMENT = 'staging'
const CLUSTER = 'ledger-db'
const NAMESPACE = 'banking-services'
const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']
/** The one that owns the database, and one that has nothing to do with it. */
const SERVICES = ['ledger', 'cards']
const poll = { timeout: 300_000, interval: 500 }
const say = (line: string) => process.stderr.write(`${line}\n`)

interface Cluster extends KubernetesObject {
  spec: { imageName: string }
  status?: { phase?: string; currentPrimary?: string; readyInstances?: number }
}

describe.skipIf(lack !== undefined)('CloudNativePG on real nodes', () => {
  let real: RealCluster | undefined
  let image = ''
  const began = Date.now()
  const running = () => {
    if (real === undefined) throw new Error('no nodes run')
    return real
  }
  const kubectl = (...words: string[]) => running().kubectl(['-n', NAMESPACE, ...words])
  const readCluster = () =>
    running().client.get<Cluster>({
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      metadata: { name: CLUSTER, namespace: NAMESPACE },
    })
  const start = (pod: Pick<ClientPod, 'name' | 'service' | 'script'> & Partial<ClientPod>) =>
    applyAll(
      running().client,
      clientPod({ namespace: NAMESPACE, cluster: { name: CLUSTER, namespace: NAMESPACE }, image, ...pod }),
      poll.timeout,
    )
  const sql = (pod: string, statement: string, { mode = 'verify-full', namespace = NAMESPACE } = {}) =>
    running().kubectl([
      ...['-n', namespace, 'exec', pod, '--'],
      ...['/bin/sh', '-c', `PGSSLMODE=${mode} exec psql -qAt -c '${statement}'`],
    ])

  beforeAll(async () => {
    const operator = await cloudNativePg(say)
    const objects = (api: RealCluster['api']) =>
      renderLocalised(ENVIRONMENT, ['foundation', CLUSTER, ...SERVICES], (definition) =>
        withoutArchive(withApiServer(definition, api)),
      )
    const before = await objects({ host: '192.0.2.1', port: 6443 })
    const wanted = before.find((object): object is Cluster => object.kind === 'Cluster')
    image = wanted?.spec.imageName ?? ''
    real = await startRealCluster(
      {
        zones: ZONES,
        images: [operator.image, await postgresImage(image, say)],
        definitions: await chooseDefinitions(before),
      },
      say,
    )
    await applyAll(real.client, operator.objects, poll.timeout)
    const all = await objects(real.api)
    // Of services, who they are and whom they may reach: clients of the test take their place.
    await applyAll(real.client, all.filter(isNeeded(SERVICES)), poll.timeout)
  })
  afterAll(() => real?.stop())

  it('has its instances run, one in each zone, behind policies that deny by default', async () => {
    await expect
      .poll(async () => (await readCluster())?.status, { ...poll, timeout: 600_000 })
      .toMatchObject({ phase: 'Cluster in healthy state', readyInstances: ZONES.length })
    say(`${CLUSTER}: ${ZONES.length} instances ${seconds(Date.now() - began)} after nothing`)
    const path = '{range .items[*]}{.spec.nodeName}{"\\n"}{end}'
    const nodes = await kubectl('get', 'pods', '-l', `cnpg.io/podRole=instance`, '-o', `jsonpath=${path}`)
    expect(nodes.trim().split('\n').sort()).toEqual(ZONES.map((zone) => `node-${zone}-1`))
  })

  it('lets the service that owns it in, which verifies whom it talks to', async () => {
    await start({ name: 'owner', service: 'ledger' })
    await expect.poll(() => sql('owner', 'select 1'), poll).toBe('1')
    const secured = 'select ssl, version from pg_stat_ssl where pid = pg_backend_pid()'
    expect(await sql('owner', secured)).toBe('t|TLSv1.3')
    expect(await sql('owner', 'create table fact (row int primary key)')).toBe('')
  })

  it('refuses it in plain text', async () => {
    expect(await sql('owner', 'select 1', { mode: 'disable' })).toContain('no encryption')
  })

  it.each([
    ['whose own policies do not let it out', 'cards', NAMESPACE],
    ['of a namespace without any', 'outsider', 'default'],
  ])('refuses a pod %s', async (_, service, namespace) => {
    await start({ name: service, service, namespace })
    const ask = () => sql(service, 'select 1', { namespace })
    await expect.poll(ask, poll).toMatch(/timeout expired|Connection refused/)
  })

  it('loses no acknowledged row when its primary is lost', async () => {
    await start({ name: 'writer', service: 'ledger', script: WRITE_ROWS })
    const acknowledged = async () => readAcknowledged(await kubectl('logs', 'writer', '--timestamps'))
    await expect.poll(async () => (await acknowledged()).length, poll).toBeGreaterThan(50)
    const primary = (await readCluster())?.status?.currentPrimary ?? ''
    const lost = Date.now()
    await kubectl('delete', 'pod', primary, '--force', '--grace-period=0')
    await expect
      .poll(async () => (await acknowledged()).filter(({ at }) => at > lost + 3000).length, poll)
      .toBeGreaterThan(50)
    await expect
      .poll(async () => (await readCluster())?.status, poll)
      .toMatchObject({ phase: 'Cluster in healthy state', readyInstances: ZONES.length })
    const all = await acknowledged()
    await kubectl('delete', 'pod', 'writer', '--force', '--grace-period=0')
    const there = new Set((await sql('owner', 'select row from fact')).split('\n').map(Number))
    say(
      `${primary} lost: ${(await readCluster())?.status?.currentPrimary} is the primary, longest gap ` +
        `${seconds(longestGap(all))}, ${all.length} rows acknowledged, ${there.size} there`,
    )
    expect(all.filter(({ row }) => !there.has(row))).toEqual([])
  })
})

/** All but what services are made of, apart from their accounts and policies. */
function isNeeded(services: readonly string[]) {
  return ({ kind, metadata: { labels } }: KubernetesObject) =>
    ['NetworkPolicy', 'ServiceAccount'].includes(kind) ||
    !services.includes(labels?.['app.kubernetes.io/instance'] ?? '')
}

/** No backups, and no role of the cloud for them. */
function withoutArchive(definition: Environment): Environment {
  const { data, identity } = definition
  const roles = Object.entries(identity?.roles ?? {}).filter(([name]) => name !== CLUSTER)
  return {
    ...definition,
    ...(identity && { identity: { ...identity, roles: Object.fromEntries(roles) } }),
    data: { ...data, [CLUSTER]: { ...data?.[CLUSTER], backups: { enabled: false } } },
  }
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`

/** The definitions of what is rendered; an operator brings those of its own group. */
async function chooseDefinitions(objects: readonly KubernetesObject[]) {
  const kinds = new Set(objects.map(({ apiVersion, kind }) => `${apiVersion.split('/')[0] ?? ''}/${kind}`))
  const { crds } = await loadApiCatalogue(say)
  return crds
    .map(({ manifest }) => manifest as unknown as Definition)
    .filter(
      ({ spec: { group, names } }) => group !== 'postgresql.cnpg.io' && kinds.has(`${group}/${names.kind}`),
    )
}
