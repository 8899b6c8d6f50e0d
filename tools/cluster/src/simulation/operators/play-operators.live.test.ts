import { setMaxListeners } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findSkipped } from '@opencore/contract'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectServer } from '../../judge/judge-servers.ts'
import { stopJudge } from '../../judge/stop-judge.ts'
import { applyDefinitions, type Definition } from '../../kubernetes/apply-definitions.ts'
import type { KubernetesClient } from '../../kubernetes/client.ts'
import type { KubernetesObject } from '../../kubernetes/kubernetes-object.ts'
import { playOperators } from './play-operators.ts'

// Operators look at what they made again: when a resource beside changes, and when something of it is gone. There is no
// kubelet here, so pods run because the test says so.

const fieldManager = 'test'
const namespace = 'default'
const within = { timeout: 20_000, interval: 250 }
const catalogue = await loadApiCatalogue(() => undefined)
const lack = findSkipped(catalogue, 'kafka.strimzi.io')

let folder: string
let client: KubernetesClient
const stop = new AbortController()
let played: Promise<void>[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-play-'))
  const report = () => undefined
  const tools = await ensureTools(['etcd', 'kube-apiserver'], report)
  const servers = { etcd: tools['etcd'] ?? '', apiServer: tools['kube-apiserver'] ?? '' }
  client = await connectServer('play', { folder, tools: servers, key: 'play', report })
  const definitions = catalogue.crds.map(({ manifest }) => manifest as unknown as Definition)
  await applyDefinitions(
    client,
    definitions.filter(({ spec }) => spec.group === 'kafka.strimzi.io'),
    fieldManager,
  )
  setMaxListeners(0, stop.signal)
  played = [playOperators(client, stop.signal), runPods(client, stop.signal)]
})

afterAll(async () => {
  stop.abort()
  await Promise.allSettled(played)
  await stopJudge(folder)
  await client.close()
  await rm(folder, { recursive: true })
})

const inside = { name: 'tls', port: 9093, type: 'internal', tls: true }
const outside = { name: 'mirror', port: 9094, type: 'loadbalancer', tls: true }

function kafka(...listeners: object[]): KubernetesObject {
  return resource('Kafka', 'events', { kafka: { version: '4.1.0', listeners } })
}

function resource(kind: string, name: string, spec: object): KubernetesObject {
  const labels = { 'strimzi.io/cluster': 'events' }
  return { apiVersion: 'kafka.strimzi.io/v1', kind, metadata: { name, namespace, labels }, spec }
}

const pool = resource('KafkaNodePool', 'nodes', {
  replicas: 1,
  roles: ['broker', 'controller'],
  storage: { type: 'jbod', volumes: [{ id: 0, type: 'persistent-claim', size: '1Gi' }] },
})

const core = (kind: string, name: string) => ({ apiVersion: 'v1', kind, metadata: { name, namespace } })
const broker = core('Pod', 'events-nodes-0')

/** The ports of the one broker, once it runs and its pool says so. */
async function readPorts(): Promise<string[]> {
  return vi.waitFor(async () => {
    const { metadata } = (await client.get(pool)) ?? pool
    expect(metadata.annotations).toMatchObject({ 'opencore.dev/made': String(metadata.generation) })
    expect(metadata.annotations).not.toHaveProperty(['opencore.dev/trouble'])
    const pod = await client.get<Pod>(broker)
    expect(pod?.status?.phase).toBe('Running')
    return (pod?.spec.containers[0]?.ports ?? []).map(({ name }) => name)
  }, within)
}

describe.skipIf(lack !== undefined)('an operator that is played', () => {
  it('makes what a resource is to have', async () => {
    await client.apply(kafka(inside), { fieldManager })
    await client.apply(pool, { fieldManager })
    expect(await readPorts()).not.toContain('tcp-mirror')
  })

  it('looks again when a resource beside it changes: the listeners of the pool’s Kafka', async () => {
    await client.apply(kafka(inside, outside), { fieldManager })
    await vi.waitFor(async () => {
      expect(await readPorts()).toContain('tcp-mirror')
      expect(await client.get(core('Service', 'events-nodes-mirror-0'))).toBeDefined()
    }, within)
  })

  it('takes away the Service of a listener that is gone', async () => {
    await client.apply(kafka(inside), { fieldManager })
    await vi.waitFor(async () => {
      expect(await client.get(core('Service', 'events-nodes-mirror-0'))).toBeUndefined()
      expect(await readPorts()).not.toContain('tcp-mirror')
    }, within)
    expect(await client.get(core('PersistentVolumeClaim', 'data-0-events-nodes-0'))).toBeDefined()
  })

  it.each([broker, core('Service', 'events-kafka-bootstrap'), core('Secret', 'events-cluster-ca')])(
    'makes a $kind anew that somebody deleted',
    async (object) => {
      await readPorts()
      const before = await client.get(object)
      expect(before).toBeDefined()
      await client.delete(object)
      await vi.waitFor(async () => {
        const after = await client.get(object)
        expect(after).toBeDefined()
        expect(after?.metadata.uid).not.toBe(before?.metadata.uid)
      }, within)
      await readPorts()
    },
  )
})

interface Pod extends KubernetesObject {
  spec: { containers: { ports?: { name: string }[] }[] }
  status?: { phase?: string }
}

/** Every pod runs a moment after it is there, as on a node. */
async function runPods(on: KubernetesClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const kind = { apiVersion: 'v1', kind: 'Pod' }
    const { items } = await on.list<Pod>(kind)
    const pending = items.filter(({ status }) => status?.phase !== 'Running')
    await Promise.all(
      pending.map(async ({ metadata }) =>
        on.send('PATCH', `${await on.pathOf({ ...kind, metadata })}/status`, {
          type: 'application/merge-patch+json',
          value: { status: { phase: 'Running' } },
        }),
      ),
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
