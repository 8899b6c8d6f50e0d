import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { findSkipped, groupOf } from '@opencore/contract'
import { ensureTools, moduleFolder } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { read } from '@opencore/verify'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { madeKinds } from '@opencore/model'
import type { CustomResource } from '../kubernetes/custom-resource.ts'
import { tellTrouble } from './operators/tell-trouble.ts'
import { nameKind } from '../applications/prove.ts'
import { readHealthChecks } from '../argocd/health-checks.ts'
import { adminConnection } from '../control-plane/api-server.ts'
import { ensureCertificates } from '../control-plane/ensure-certificates.ts'
import { kwok } from '../control-plane/kwok.ts'
import { connectServer } from '../judge/judge-servers.ts'
import { readState } from '../judge/judge-state.ts'
import { stopJudge } from '../judge/stop-judge.ts'
import { applyDefinitions, type Definition } from '../kubernetes/apply-definitions.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { writeKubeconfig } from '../kubernetes/write-kubeconfig.ts'
import { startReady } from '../processes/start-ready.ts'
import { openHealthEngine } from '../test-support/assess-health.ts'
import { listStages, type StageFile } from './list-stages.ts'
import { readHealthKinds } from './read-health-kinds.ts'

const here = import.meta.dirname
const fieldManager = 'test'
const fixtures = globSync('*.yaml', { cwd: join(here, 'fixtures') }).sort()
const catalogue = await loadApiCatalogue(() => undefined)
const { crds } = catalogue

/** The unreachable API source that a fixture's kind is of. */
function lackOf(file: string): string | undefined {
  const group = /^apiVersion: (.*)\//m.exec(readFileSync(join(here, 'fixtures', file), 'utf8'))?.[1] ?? ''
  return findSkipped(catalogue, group)
}

/** What a stage did to an object: the status it wrote, or the note it left where there is none to write. */
interface Played extends KubernetesObject {
  status?: object
}

let folder: string
let client: KubernetesClient
let stages: StageFile[]
/** API groups of custom resources. */
let groups: Set<string>
let engine: Awaited<ReturnType<typeof openHealthEngine>>
let hasHealth: Awaited<ReturnType<typeof readHealthKinds>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-stages-'))
  const report = () => undefined
  const tools = await ensureTools(['etcd', 'kube-apiserver', 'kwok'], report)
  const servers = { etcd: tools['etcd'] ?? '', apiServer: tools['kube-apiserver'] ?? '' }
  const modules = [moduleFolder('sigs.k8s.io/kwok'), moduleFolder('github.com/argoproj/argo-cd/v3')]
  const [kwokModule = '', argocdModule = ''] = await Promise.all(modules)
  client = await connectServer('stages', { folder, tools: servers, key: 'stages', report })
  groups = new Set(crds.map(({ manifest }) => (manifest['spec'] as { group: string }).group))
  await applyDefinitions(
    client,
    crds.map(({ manifest }) => manifest as unknown as Definition),
    fieldManager,
  )
  await client.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node' } }, { fieldManager })
  const kubeconfig = join(folder, 'kubeconfig.yaml')
  const certificates = await ensureCertificates(join(folder, 'certificates'))
  const port = (await readState(folder))?.servers['stages']?.port ?? 0
  await writeKubeconfig(kubeconfig, { name: 'stages', connection: adminConnection(port, certificates) })
  stages = await listStages({ kwok: kwokModule, stages: join(here, '../../stages') })
  // kwok gives up when the server does not list a stage's kind yet.
  const start = () =>
    startReady(
      kwok({
        command: tools['kwok'] ?? '',
        name: 'stages',
        kubeconfig,
        stages: stages.filter(isPlayable).map(({ file }) => file),
        client,
      }),
      { logs: join(folder, 'logs'), marker: folder },
    )
  await vi.waitFor(start, { timeout: 60_000, interval: 1000 })
  engine = await openHealthEngine()
  hasHealth = await readHealthKinds(argocdModule, await readHealthChecks())
})

afterAll(async () => {
  // First, since the others are not there when the set-up failed.
  await stopJudge(folder)
  await engine.close()
  await client.close()
  await rm(folder, { recursive: true })
})

const generations = /"observedGeneration":(\d+)|"syncedResourceVersion":"(\d+)-/g

const isPlayable = (stage: StageFile) => findSkipped(catalogue, groupOf(stage)) === undefined

/** The object once its status stands still for what was applied last. */
async function settle(object: KubernetesObject): Promise<Played> {
  return vi.waitFor(
    async () => {
      const played = await client.get<Played>(object)
      if (!played) throw new Error('it is gone')
      if (!hasHealth(nameKind({ kind: object.kind, group: groupOf(object) }))) {
        expect(played.metadata.annotations).toHaveProperty(['opencore.dev/simulated'])
        return played
      }
      // Some kinds are healthy before anybody looked at them.
      expect(played.status).toBeDefined()
      // Where the operator's status has a generation, by one name or another, it is this one.
      const observed = [...JSON.stringify(played.status ?? {}).matchAll(generations)]
      expect(observed.map(([, generation, synced]) => Number(generation ?? synced))).toEqual(
        observed.map(() => played.metadata.generation),
      )
      // A collector's has none, and says how many pods there are.
      const scale = read(played.status, 'scale', 'replicas')
      if (scale !== undefined) expect(scale).toBe(read(object, 'spec', 'replicas'))
      expect(await engine.assess(played)).toMatchObject({ status: 'Healthy' })
      return played
    },
    { timeout: 30_000, interval: 500 },
  )
}

/** What the platform does when the pods of a resource run, which are not made here: see operators/. */
async function markMade(version: KubernetesObject): Promise<void> {
  if (!madeKinds.includes(nameKind({ kind: version.kind, group: groupOf(version) }))) return
  const resource = await client.get<CustomResource>(version)
  if (resource) await tellTrouble(client, resource, undefined)
}

describe('a stage', () => {
  // Two documents each: an object, and the same after a change.
  it.for(fixtures)('plays %s', async (file, { skip }) => {
    const lack = lackOf(file)
    if (lack !== undefined) skip(`needs ${lack}`)
    const text = await readFile(join(here, 'fixtures', file), 'utf8')
    const versions = parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject)
    expect(versions).toHaveLength(2)
    const seen: unknown[] = []
    for (const version of versions) {
      await client.apply(version, { fieldManager })
      await markMade(version)
      seen.push(steady((await settle(version)).status))
    }
    expect(seen).toMatchSnapshot()
  })

  it.for(madeKinds)('of %s waits for the pods', async (kind) => {
    const stage = stages.find((each) => nameKind({ kind: each.kind, group: groupOf(each) }) === kind)
    expect(await readFile(stage?.file ?? '', 'utf8')).toContain('.metadata.annotations["opencore.dev/made"]')
  })

  it('of a custom resource has a fixture', () => {
    const custom = stages.filter((stage) => groups.has(groupOf(stage)))
    const playable = fixtures.filter((file) => lackOf(file) === undefined)
    expect(custom.map(({ file }) => basename(file)).sort()).toEqual(playable)
  })
})

/** The same text for every run. */
function steady(status: object | undefined): unknown {
  const text = JSON.stringify(status ?? {})
    .replace(/\d{4}-\d\d-\d\dT[0-9:.]+Z/g, '<time>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>')
  return JSON.parse(text)
}
