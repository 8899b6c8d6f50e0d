import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCluster, type Cluster, type KubernetesObject } from '@opencore/cluster'
import { findSkipped } from '@opencore/contract'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { prepareSpec } from '../up/prepare-spec.ts'
import { root } from './opencore.ts'

// Operators are played, what they make is not: the API server's own quota and scheduler judge it.

const namespace = 'data'
const fieldManager = 'test'
const lack = findSkipped(await loadApiCatalogue(() => undefined), 'postgresql.cnpg.io')

interface Resource extends KubernetesObject {
  status?: { phase?: string; readyInstances?: number; instances?: number }
}

let scratch: string
let cluster: Cluster

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'opencore-operators-'))
  const { spec } = await prepareSpec(root, [], console.error)
  const environments = [{ name: 'test', zones: ['zone-a', 'zone-b', 'zone-c'], nodesPerZone: 1 }]
  cluster = await startCluster(scratch, { ...spec, environments }, 'test')
  await cluster.client.apply(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { fieldManager },
  )
})
afterAll(async () => {
  await cluster.stop()
  await rm(scratch, { recursive: true, force: true })
})

describe.skipIf(lack !== undefined)('a cluster of PostgreSQL', () => {
  it('is not healthy while the quota refuses an instance, and says so', async () => {
    await limitPods(2)
    await cluster.client.apply(postgres('bank'), { fieldManager })
    await vi.waitFor(async () => {
      const { trouble, status } = await read('bank')
      expect(trouble).toMatch(/^Job bank-3-join: .*exceeded quota: pods/)
      expect(status).toBeUndefined()
    }, within)
    expect(await countPods('bank')).toBeLessThan(3)
  })

  it('is healthy once all of its pods run, each in a zone of its own', async () => {
    await limitPods(10)
    await vi.waitFor(async () => {
      expect(await read('bank')).toMatchObject({
        trouble: undefined,
        status: { phase: 'Cluster in healthy state', readyInstances: 3 },
      })
    }, within)
    expect(await countPods('bank')).toBe(3)
  })

  it('is not healthy where no node is large enough, in the words of the scheduler', async () => {
    await cluster.client.apply(postgres('large', { cpu: '64' }), { fieldManager })
    await vi.waitFor(async () => {
      const { trouble, status } = await read('large')
      expect(trouble).toMatch(/^pod large-1-initdb-\w+: 0\/3 nodes are available: 3 Insufficient cpu/)
      expect(status).toBeUndefined()
    }, within)
  })

  it('takes its pods along when it goes', async () => {
    await cluster.client.delete(postgres('bank'))
    await vi.waitFor(async () => {
      expect(await countPods('bank')).toBe(0)
    }, within)
  })
})

const within = { timeout: 60_000, interval: 500 }

function postgres(name: string, requests = { cpu: '1' }): KubernetesObject {
  const required = { topologyKey: 'topology.kubernetes.io/zone', podAntiAffinityType: 'required' }
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name, namespace },
    spec: { instances: 3, storage: { size: '1Gi' }, resources: { requests }, affinity: required },
  }
}

async function limitPods(pods: number): Promise<void> {
  const metadata = { name: 'pods', namespace }
  const spec = { hard: { pods: String(pods) } }
  await cluster.client.apply({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec }, { fieldManager })
}

async function read(name: string) {
  const resource = await cluster.client.get<Resource>(postgres(name))
  return { trouble: resource?.metadata.annotations?.['opencore.dev/trouble'], status: resource?.status }
}

async function countPods(name: string): Promise<number> {
  const { items } = await cluster.client.list(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace, labelSelector: `cnpg.io/cluster=${name},cnpg.io/podRole=instance` },
  )
  return items.length
}
