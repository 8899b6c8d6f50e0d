import {
  PLATFORM_TOOLS,
  startCluster,
  type Cluster,
  type KubernetesObject,
  type PlatformSpec,
} from '@opencore/cluster'
import type { Manifest } from '@opencore/renderer'
import { ensureTools, moduleFolder } from '@opencore/toolchain'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { renderCases } from '../shared/render-cases.ts'
import { root } from '../shared/root.ts'
import { askOperator } from './ask-operator.ts'
import { bringUp } from './bring-up.ts'

// A real scheduler places what CloudNativePG's own code makes of a Cluster: for each instance its claims, the Job that
// fills them, which binds them to a zone, and the instance, which has to run there.

const ZONES = ['zone-a', 'zone-b', 'zone-c']
const fieldManager = 'test'
let folder = ''
let cluster: Cluster

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-placement-'))
  const [tools, argocd, kwok] = await Promise.all([
    ensureTools(PLATFORM_TOOLS, () => undefined),
    moduleFolder('github.com/argoproj/argo-cd/v3'),
    moduleFolder('sigs.k8s.io/kwok'),
  ])
  const spec: PlatformSpec = {
    tools,
    modules: { argocd, kwok },
    stages: join(root, 'tools/cluster/stages'),
    environments: [{ name: 'placement', zones: ZONES, nodesPerZone: 2 }],
    crds: [],
    healthChecks: {},
  }
  cluster = await startCluster(folder, spec, 'placement')
  await makeFirstZoneAttractive()
})
afterAll(async () => {
  await cluster.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Nodes of other zones are there for need alone: where the scheduler may, it stays in the first. */
async function makeFirstZoneAttractive(): Promise<void> {
  const { items } = await cluster.client.list({ apiVersion: 'v1', kind: 'Node' })
  const taints = [{ key: 'example.com/last', effect: 'PreferNoSchedule' }]
  for (const { metadata } of items) {
    if (metadata.labels?.['topology.kubernetes.io/zone'] === ZONES[0]) continue
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: metadata.name }, spec: { taints } }
    await cluster.client.apply(node, { fieldManager })
  }
}

/** What the operator makes of the chart's smallest case, with the spread over zones as given, or as the chart has it. */
async function make(labelSelector?: object): Promise<KubernetesObject[]> {
  const [minimal] = await renderCases(root, 'postgres', { only: 'minimal' })
  const rendered = minimal?.objects.find(({ kind }) => kind === 'Cluster') as Spread | undefined
  const [spread] = rendered?.spec.topologySpreadConstraints ?? []
  if (!rendered || !spread) throw new Error('the case has no Cluster with a spread')
  const constraints = [labelSelector ? { ...spread, labelSelector } : spread]
  return askOperator('make', [
    { ...rendered, spec: { ...rendered.spec, topologySpreadConstraints: constraints } },
  ])
}

interface Spread extends Manifest {
  spec: { topologySpreadConstraints?: object[] }
}

it('every standby runs where the job bound its volumes', async () => {
  const zones = await bringUp(cluster.client, await make(), 'counted')
  expect(zones.toSorted()).toEqual(ZONES)
})

it('a spread that leaves jobs out lets a standby wait for ever (CloudNativePG #10070)', async () => {
  const instances = { matchLabels: { 'cnpg.io/cluster': 'example', 'cnpg.io/podRole': 'instance' } }
  const made = await make(instances)
  await expect(bringUp(cluster.client, made, 'left-out')).rejects.toThrow(
    /example-2 waits: .*(topology spread constraints|volume node affinity)/,
  )
})
