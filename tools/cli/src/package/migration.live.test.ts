import { mergeValues, printYaml, type JsonObject } from '@opencore/contract'
import { startCluster, type Cluster, type KubernetesObject } from '@opencore/cluster'
import { readCharts } from '@opencore/charts'
import { readReleases } from '@opencore/renderer'
import { ensureTools } from '@opencore/toolchain'
import { asList, asText, read } from '@opencore/verify'
import { execa } from 'execa'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from '../e2e/opencore.ts'
import { prepareSpec } from '../up/prepare-spec.ts'
import { packageCharts } from './package-charts.ts'
import { readEpoch } from './read-epoch.ts'
import { before, nameOf, watchWrites, type Write } from './watch-writes.ts'

// The migration of a service whom Helm installs, with production's values and its foundation: a hook would run before what the
// release brings, so that its pod had no account, no ConfigMap and no way out. The API server numbers its writes, and a watch
// says when each object came.

const NAMESPACE = 'banking-services'
const PRODUCTION = 'argocd/prod-eu-west-1'
/** What a pod wants to be there before it. */
const NEEDED = [
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
]
const JOB = { apiVersion: 'batch/v1', kind: 'Job' }
/** Groups of the definitions that the release needs; the others would take longer than the rest of this test. */
const GROUPS = ['monitoring.coreos.com', 'networking.istio.io', 'security.istio.io']

let scratch = ''
let cluster: Cluster
let archives: Record<string, string> = {}
let helm: (...args: string[]) => Promise<string>
let writes: Write[]
const watching = new AbortController()

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'opencore-migration-'))
  const { spec } = await prepareSpec(root, [], console.error)
  const { helm: binary = '' } = await ensureTools(['helm'], console.error)
  const environments = [{ name: 'helm', zones: ['zone-a', 'zone-b', 'zone-c'], nodesPerZone: 2 }]
  const crds = spec.crds.filter((crd) => GROUPS.includes(String(read(crd, 'spec', 'group'))))
  const charts = (await readCharts(root)).filter(({ name }) =>
    ['common', 'foundation', 'service'].includes(name),
  )
  const folder = join(scratch, 'charts')
  const packed = packageCharts(folder, { root, charts, helm: binary, epoch: await readEpoch(root) })
  cluster = await startCluster(scratch, { ...spec, crds, environments }, 'helm')
  await packed
  archives = Object.fromEntries(
    charts.map(({ name, version }) => [name, join(folder, `${name}-${version}.tgz`)]),
  )
  const env = { KUBECONFIG: cluster.kubeconfig }
  helm = async (...args) => {
    const { exitCode, all } = await execa(binary, args, { env, all: true, reject: false })
    expect(exitCode, `helm ${args.join(' ')}\n${all}`).toBe(0)
    return all
  }
  const releases = readReleases(root)
  if (!releases.ok) throw new Error('the releases cannot be read')
  const { namespace = '' } = releases.value.find(({ chart }) => chart === 'foundation') ?? {}
  const file = join(root, PRODUCTION, 'values/foundation.yaml')
  const at = ['--namespace', namespace, '--create-namespace']
  await helm('install', 'foundation', archives['foundation'] ?? '', ...at, '--values', file)
  writes = await watchWrites(cluster.client, NAMESPACE, [...NEEDED, JOB], watching.signal)
})
afterAll(async () => {
  watching.abort()
  await cluster.stop()
  await rm(scratch, { recursive: true, force: true })
})

/** Production's values of a service, with a migration and settings of its own. */
async function values(change: JsonObject): Promise<string> {
  const text = await readFile(join(root, PRODUCTION, 'values/accounts.yaml'), 'utf8')
  const migrating = {
    migration: { enabled: true, args: ['migrate'] },
    configMaps: { settings: { data: { 'a.properties': 'a=1' }, mountPath: '/config' } },
  }
  const file = join(scratch, 'accounts.yaml')
  await writeFile(file, printYaml(mergeValues(mergeValues(parse(text) as JsonObject, migrating), change)))
  return file
}

/** A new namespace brings objects of its own, an account and a certificate, at a time of their own. */
const isOfHelm = ({ object }: Write) => object.metadata.labels?.['app.kubernetes.io/managed-by'] === 'Helm'

/** Install or upgrade, and wait for pods and Jobs; gives what Helm wrote meanwhile, in the order of the writes. */
async function bring(verb: string, change: JsonObject): Promise<Write[]> {
  writes.length = 0
  const at = ['--namespace', NAMESPACE, '--wait', '--wait-for-jobs', '--timeout', '2m']
  await helm(verb, 'accounts', archives['service'] ?? '', ...at, '--values', await values(change))
  return writes.filter(isOfHelm).toSorted((a, b) => a.revision - b.revision)
}

const jobsOf = (changes: readonly Write[]) =>
  changes.filter(({ type, object }) => type === 'ADDED' && object.kind === 'Job')

async function eventsOf(job: Write): Promise<string[]> {
  const { items } = await cluster.client.list<KubernetesObject>(
    { apiVersion: 'v1', kind: 'Event' },
    { namespace: NAMESPACE },
  )
  return items
    .filter((event) => read(event, 'involvedObject', 'name') === job.object.metadata.name)
    .map((event) => asText(read(event, 'reason')) ?? '')
}

/** Whether a Job has ended well. */
async function isComplete({ object }: Write): Promise<boolean> {
  const job = await cluster.client.get<KubernetesObject>(object)
  return asList(read(job, 'status', 'conditions')).some(
    (condition) => read(condition, 'type') === 'Complete' && read(condition, 'status') === 'True',
  )
}

/** The Job of the version that runs. */
let running: Write
let installed = ''

it('a first install brings all that the migration needs before it, and waits for it', async () => {
  const changes = await bring('install', {})
  const jobs = jobsOf(changes)
  expect(jobs.map(nameOf)).toEqual([expect.stringMatching(/^Job\/accounts-migration-[0-9a-f]{8}$/)])
  running = jobs[0] ?? expect.fail('no Job')
  installed = nameOf(running)
  expect(before(changes, running).map(nameOf).sort()).toEqual([
    'ConfigMap/accounts-dashboards',
    'ConfigMap/accounts-settings',
    'NetworkPolicy/accounts',
    'NetworkPolicy/accounts-migration',
    'Role/accounts-secrets',
    'RoleBinding/accounts-secrets',
    'ServiceAccount/accounts',
  ])
  expect(await eventsOf(running)).not.toContain('FailedCreate')
  expect(await isComplete(running)).toBe(true)
  expect(await helm('get', 'hooks', 'accounts', '--namespace', NAMESPACE)).not.toContain('migration')
})

it('an upgrade to another version migrates again, after its settings and ways out have changed', async () => {
  const flow = {
    flow: 'accounts->archive',
    peers: [{ podSelector: { matchLabels: { app: 'archive' } } }],
    ports: [{ port: 5432, protocol: 'TCP' }],
  }
  const changes = await bring('upgrade', {
    image: { tag: '2.5.0' },
    configMaps: { settings: { data: { 'a.properties': 'a=2' } } },
    network: { egress: [flow] },
  })
  const [job = expect.fail('no Job'), ...others] = jobsOf(changes)
  expect(others).toEqual([])
  expect(nameOf(job)).not.toBe(nameOf(running))
  expect(before(changes, job).map(nameOf)).toEqual(
    expect.arrayContaining(['ConfigMap/accounts-settings', 'NetworkPolicy/accounts-migration']),
  )
  expect(await isComplete(job)).toBe(true)
  expect(await cluster.client.get(running.object)).toBeUndefined()
  running = job
})

it('an upgrade that changes nothing of the pods migrates nothing', async () => {
  const changes = await bring('upgrade', {
    image: { tag: '2.5.0' },
    configMaps: { settings: { data: { 'a.properties': 'a=2' } } },
    serviceMonitor: { interval: '15s' },
  })
  expect(jobsOf(changes)).toEqual([])
  const job = await cluster.client.get<KubernetesObject>(running.object)
  expect(read(job, 'metadata', 'uid')).toBe(read(running.object, 'metadata', 'uid'))
})

it('a rollback runs the migration of the earlier version again, which meets a newer schema', async () => {
  writes.length = 0
  await helm(
    'rollback',
    'accounts',
    '1',
    '--namespace',
    NAMESPACE,
    '--wait',
    '--wait-for-jobs',
    '--timeout',
    '2m',
  )
  expect(jobsOf(writes).map(nameOf)).toEqual([installed])
})
