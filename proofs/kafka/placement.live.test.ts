import { PLATFORM_TOOLS, startCluster, type Cluster, type KubernetesObject } from '@opencore/cluster'
import { listMade, neighboursAmong, type Manifest } from '@opencore/model'
import { ensureTools, moduleFolder } from '@opencore/toolchain'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { renderCases } from '../shared/render-cases.ts'
import { root } from '../shared/root.ts'

// A real scheduler places the nodes of a cluster, with their volumes, where one of two machines of each zone is full.

const ZONES = ['zone-a', 'zone-b', 'zone-c']
const fieldManager = 'test'
const namespace = 'data'
let folder = ''
let cluster: Cluster

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-kafka-placement-'))
  const [tools, argocd, kwok] = await Promise.all([
    ensureTools(PLATFORM_TOOLS, () => undefined),
    moduleFolder('github.com/argoproj/argo-cd/v3'),
    moduleFolder('sigs.k8s.io/kwok'),
  ])
  const environments = [{ name: 'placement', zones: ZONES, nodesPerZone: 2 }]
  const stages = join(root, 'tools/cluster/stages')
  const spec = { tools, modules: { argocd, kwok }, stages, environments, crds: [], healthChecks: {} }
  cluster = await startCluster(folder, spec, 'placement')
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  await apply(inNamespace({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } }))
  for (const zone of ZONES) await fill(`node-${zone}-1`)
})
afterAll(async () => {
  await cluster.stop()
  await rm(folder, { recursive: true, force: true })
})

const apply = (object: KubernetesObject) => cluster.client.apply(object, { fieldManager })
const inNamespace = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, namespace },
})

/** One pod that leaves nothing of a machine. */
async function fill(nodeName: string): Promise<void> {
  const resources = { requests: { cpu: '7800m' } }
  const spec = { nodeName, containers: [{ name: 'main', image: 'example.org/full:1', resources }] }
  await apply(inNamespace({ apiVersion: 'v1', kind: 'Pod', metadata: { name: `full-${nodeName}` }, spec }))
}

/** How many of six brokers and three controllers are placed once nothing moves any more; they go again. */
async function place(set: readonly string[], seconds: number): Promise<number> {
  const values = ['storageClass=fast', 'brokers.replicas=6', ...set]
  const [rendered] = await renderCases(root, 'kafka', { only: 'defaults', namespace, set: values })
  const objects = (rendered?.objects ?? []) as unknown as Manifest[]
  const made = objects
    .filter(({ kind }) => kind === 'KafkaNodePool')
    .flatMap((pool) => listMade(pool, neighboursAmong(objects)))
    .filter(({ kind }) => ['Pod', 'PersistentVolumeClaim'].includes(kind)) as KubernetesObject[]
  const accounts = new Set(
    made.map(({ spec }) => (spec as { serviceAccountName?: string }).serviceAccountName),
  )
  for (const name of accounts)
    if (name !== undefined)
      await apply(inNamespace({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } }))
  for (const object of made) await apply(object)
  const pods = made.filter(({ kind }) => kind === 'Pod')
  expect(pods).toHaveLength(9)
  const deadline = Date.now() + seconds * 1000
  let placed = 0
  while (placed < pods.length && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const { items } = await cluster.client.list(
      { apiVersion: 'v1', kind: 'Pod' },
      { namespace, labelSelector: 'strimzi.io/kind=Kafka' },
    )
    placed = items.filter(({ spec }) => (spec as { nodeName?: string }).nodeName !== undefined).length
  }
  for (const object of made) await cluster.client.delete(object)
  return placed
}

it('all nodes of a cluster find a machine', async () => {
  expect(await place([], 60)).toBe(9)
})

it('and would not, if machines were strict: a full one holds back all others to one broker', async () => {
  const strict = [
    'brokers.topologySpread.host=DoNotSchedule',
    'controllers.topologySpread.host=DoNotSchedule',
  ]
  expect(await place(strict, 30)).toBeLessThan(9)
})
