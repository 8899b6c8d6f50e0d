import { startCluster, type Cluster, type KubernetesObject } from '@opencore/cluster'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readReleases, renderReleases, toRequests } from '@opencore/renderer'
import { nodesPerZone } from '../up/nodes-per-zone.ts'
import { prepareSpec } from '../up/prepare-spec.ts'
import { root } from './opencore.ts'

const zones = ['zone-a', 'zone-b', 'zone-c']
const fieldManager = 'test'
const environment = 'prod-eu-west-1'
const release = 'accounts'
const namespace = 'default'
const node = { apiVersion: 'v1', kind: 'Node' }

interface Workload extends KubernetesObject {
  spec: {
    replicas?: number
    template: { spec: PodSpec }
  }
  status?: {
    readyReplicas?: number
    updatedReplicas?: number
    replicas?: number
    observedGeneration?: number
  }
}
interface PodSpec {
  nodeName?: string
  serviceAccountName?: string
  priorityClassName?: string
  topologySpreadConstraints?: { topologyKey: string; whenUnsatisfiable: string }[]
  containers: { env?: { name: string; value?: string }[]; resources?: { requests?: object } }[]
}

let scratch = ''
let cluster: Cluster
let deployment: Workload
/** What the autoscaler may ask for. */
let most: number

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'opencore-rollout-'))
  const prepared = await prepareSpec(root, [], console.error)
  const environments = [{ name: environment, zones, nodesPerZone: nodesPerZone.production }]
  cluster = await startCluster(scratch, { ...prepared.spec, crds: [], environments }, environment)
  const objects = await renderRelease()
  const find = (kind: string) => objects.find((object) => object.kind === kind)
  most = (find('HorizontalPodAutoscaler')?.['spec'] as { maxReplicas: number }).maxReplicas
  deployment = place(find('Deployment') as Workload)
  const { serviceAccountName = 'default', priorityClassName } = deployment.spec.template.spec
  // The controller that makes `default` may not have come to it yet.
  for (const name of new Set(['default', serviceAccountName]))
    await apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } })
  if (priorityClassName !== undefined)
    await cluster.client.apply(
      {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name: priorityClassName },
        value: 1000,
      },
      { fieldManager },
    )
})
afterEach(async () => {
  await cluster.client.delete(deployment)
  await expect.poll(listPods, { timeout: 60_000, interval: 500 }).toEqual([])
})
afterAll(async () => {
  await cluster.stop()
  await rm(scratch, { recursive: true, force: true })
})

/** The one namespace here. */
const place = <T extends KubernetesObject>(object: T): T => ({
  ...object,
  metadata: { ...object.metadata, namespace },
})

const apply = (object: KubernetesObject) => cluster.client.apply(place(object), { fieldManager })

async function renderRelease(): Promise<KubernetesObject[]> {
  const releases = readReleases(root)
  const wanted = (releases.ok ? releases.value : []).filter(
    (one) => one.environment === environment && one.release === release,
  )
  const requests = toRequests(root, wanted)
  for await (const { objects, error } of renderReleases(requests, () => undefined)) {
    if (error !== undefined) throw new Error(error)
    return objects as unknown as KubernetesObject[]
  }
  throw new Error(`there is no release ${environment}/${release}`)
}

const listPods = async () =>
  (await cluster.client.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace, labelSelector: selector() }))
    .items

/** The pods of the release, and not those that fill nodes. */
const selector = () => `app.kubernetes.io/instance=${release}`

/** The Deployment at the most pods that the autoscaler may ask for, with a new template each time. */
function atMost(change: (pod: PodSpec) => void = () => undefined): Workload {
  const copy = structuredClone(deployment)
  copy.spec.replicas = most
  const { containers } = copy.spec.template.spec
  for (const container of containers)
    container.env = [...(container.env ?? []), { name: 'ROLLOUT', value: randomUUID() }]
  change(copy.spec.template.spec)
  return copy
}

/** How many pods are ready and of the newest template once nothing moves any more. */
async function roll(object: Workload, seconds: number): Promise<number> {
  const { generation = 0 } = (await apply(object)).metadata
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const status = (await cluster.client.get<Workload>(object))?.status
    const { observedGeneration = 0, updatedReplicas = 0, readyReplicas = 0, replicas = 0 } = status ?? {}
    const done = observedGeneration >= generation && updatedReplicas === most && replicas === most
    if ((done && readyReplicas === most) || Date.now() > deadline)
      return Math.min(updatedReplicas, readyReplicas)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** One pod that leaves nothing of a node. */
async function fill(name: string): Promise<void> {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `full-${name}`, namespace },
    spec: {
      nodeName: name,
      containers: [{ name: 'main', image: 'example.org/full:1', resources: { requests: { cpu: '7800m' } } }],
    },
  }
  await cluster.client.apply(pod, { fieldManager })
}

const hard = (pod: PodSpec) => {
  for (const constraint of pod.topologySpreadConstraints ?? [])
    if (constraint.topologyKey === 'kubernetes.io/hostname') constraint.whenUnsatisfiable = 'DoNotSchedule'
}

describe('a service at the most that its autoscaler may ask for', () => {
  it('rolls where two of four nodes of each zone are full', async () => {
    for (const zone of zones) for (const index of [1, 2]) await fill(`node-${zone}-${index}`)
    expect(await roll(atMost(), 90)).toBe(most)
    expect(await roll(atMost(), 120)).toBe(most)
  })

  it('and would not, if hosts were strict: each full one limits all others to one pod', async () => {
    expect(await roll(atMost(hard), 30)).toBeLessThan(most)
  })

  it('rolls with one of three zones gone', async () => {
    for (let index = 1; index <= nodesPerZone.production; index += 1)
      await cluster.client.delete({ ...node, metadata: { name: `node-zone-c-${index}` } })
    expect(await roll(atMost(), 90)).toBe(most)
    expect(await roll(atMost(), 120)).toBe(most)
  })
})
