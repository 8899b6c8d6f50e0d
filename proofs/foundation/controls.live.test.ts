import {
  applyDefinitions,
  createJudge,
  stopJudge,
  type Definition,
  type Judge,
  type KubernetesObject,
} from '@opencore/cluster'
import { formatFinding } from '@opencore/contract'
import { renderReleases } from '@opencore/renderer'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import type { RenderedObject } from '@opencore/verify'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../shared/root.ts'
import { startApiServer, type Server } from '../shared/start-api-server.ts'
import {
  namespace,
  podMetadata,
  podSpec,
  readControls,
  triedContainer,
  type Control,
  type Fixture,
  type Place,
} from './read-controls.ts'

// Every control of charts/foundation on a real API server: with the bindings that clusters have, which refuse, and by the
// judge, to which they say everything at once.

const silent = () => undefined
const fieldManager = 'proofs'
const controls = await readControls()
let server: Server
let judge: Judge
let folder = ''
let foundation: RenderedObject[]

/** Neither Pod Security nor defaults are in the way: each control has to hold by itself. */
const values = `
controls:
  registries: ['registry.example.com', 'registry.example.com:5000']
  waivers:
    writes: { control: A7, namespace: tried, release: waived, owner: tests, reason: it is tried, expires: '2099-12-31' }
    single: { control: D1, namespace: tried, release: waived, owner: tests, reason: it is tried, expires: '2099-12-31' }
namespaces:
  tried:
    limitRange: []
    podSecurity: { enforce: privileged, audit: privileged, warn: privileged }
`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencore-controls-'))
  const { etcd = '', 'kube-apiserver': apiServer = '' } = await ensureTools(
    ['etcd', 'kube-apiserver'],
    silent,
  )
  foundation = await renderFoundation()
  server = await startApiServer('controls', silent)
  const objects = foundation.map(({ object }) => object as KubernetesObject)
  const [namespaces, others] = [objects.filter(isNamespace), objects.filter((each) => !isNamespace(each))]
  for (const object of [...namespaces, older(2), olderPod({}), olderRole(['get']), ...others])
    await server.client.apply(object, { fieldManager })
  for (const object of controls.flatMap(({ given = [] }) => given))
    await server.client.apply(placed(object as unknown as KubernetesObject), { fieldManager })
  await server.client.apply(make('base', {}), { fieldManager })
  const { crds } = await loadApiCatalogue(silent)
  const definitions = crds.map(({ manifest }) => manifest as unknown as Definition)
  const kinds = new Set(
    controls
      .flatMap(({ good, bad }) => [...Object.values(good), ...Object.values(bad)])
      .map(({ object }) => object?.['kind']),
  )
  const needed = definitions.filter(({ spec }) => kinds.has(spec.names.kind) && groups.has(spec.group))
  await applyDefinitions(server.client, needed, fieldManager)
  judge = createJudge({ tools: { etcd, apiServer }, definitions, report: silent, folder })
  await untilInForce()
})

afterAll(async () => {
  await server.stop()
  await judge.close()
  await stopJudge(folder)
  await rm(folder, { recursive: true })
})

async function renderFoundation(): Promise<RenderedObject[]> {
  const request = {
    id: 'foundation',
    chart: join(root, 'charts/foundation'),
    release: 'foundation',
    namespace: 'opencore-foundation',
    values,
    kubeVersion: '',
  }
  for await (const { objects = [], error } of renderReleases([request], silent)) {
    expect(error).toBeUndefined()
    return objects.map((object) => ({
      environment: 'proofs',
      release: 'foundation',
      object: object as RenderedObject['object'],
    }))
  }
  return expect.fail('the renderer answered nothing')
}

/** Admission reads policies with a delay of a second; one that refuses nothing after ten fails its own tests. */
async function untilInForce(): Promise<void> {
  const deadline = Date.now() + 10_000
  for (const { bad, given } of controls) {
    const [fixture] = Object.values(bad)
    const ask = () => (fixture ? refuse(fixture, undefined, given === undefined) : undefined)
    while (fixture && Date.now() < deadline && (await ask()) === undefined) await sleep(100)
  }
}

const placed = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, namespace },
})

const isNamespace = ({ kind }: KubernetesObject) => kind === 'Namespace'

/** Of operators: what their definitions are found by, since others call kinds of theirs by the same names. */
const groups = new Set([
  'postgresql.cnpg.io',
  'kafka.strimzi.io',
  'redis.redis.opstreelabs.in',
  'cert-manager.io',
  'monitoring.coreos.com',
])

/** The object that a fixture is about: a pod where it names none. */
function make(name: string, fixture: Fixture, place?: Place): KubernetesObject {
  const { object } = fixture
  if (object !== undefined)
    return {
      ...object,
      metadata: { ...(object['metadata'] as object), name, namespace },
    } as unknown as KubernetesObject
  const metadata = { ...podMetadata(fixture), name, namespace }
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: podSpec(fixture, place) }
}

/** What the API server says where it refuses a fixture. */
function refuse(fixture: Fixture, place?: Place, dryRun = true): Promise<string | undefined> {
  const name = dryRun ? 'new' : `new-${(tried += 1)}`
  return refuseObject(make(name, fixture, place), dryRun, fixture.as)
}
let tried = 0

async function refuseObject(
  object: KubernetesObject,
  dryRun = true,
  account?: string,
): Promise<string | undefined> {
  const asked = account === undefined ? {} : { account }
  const verdict = await server.client.tryApply(object, { fieldManager, dryRun, ...asked })
  if (verdict.ok && !dryRun) await server.client.delete(object)
  return verdict.ok ? undefined : verdict.status.message
}

/** The same of an update of what is there, which may be by another account. */
async function refuseUpdate(before: Fixture, after: Fixture): Promise<string | undefined> {
  const name = `there-${(tried += 1)}`
  const there = make(name, before)
  await server.client.apply(there, { fieldManager, ...(before.as && { account: before.as }) })
  const said = await refuseObject(make(name, after), true, after.as)
  await server.client.delete(there)
  return said
}

/** The same of a container that somebody adds to a running pod, as `kubectl debug` does. */
async function refuseEphemeral(container: object): Promise<string | undefined> {
  const path = `/api/v1/namespaces/${namespace}/pods/base/ephemeralcontainers?dryRun=All`
  const { status, body } = await server.client.send('PATCH', path, {
    type: 'application/strategic-merge-patch+json',
    value: { spec: { ephemeralContainers: [container] } },
  })
  return status < 300 ? undefined : (body as { message: string }).message
}

const everywhere: readonly Place[] = ['containers', 'initContainers', 'ephemeralContainers']

/** Everywhere a fixture can be, and what the API server says of it there. */
async function tryFixture(
  { places = everywhere, given }: Control,
  fixture: Fixture,
): Promise<(string | undefined)[]> {
  const { pod, container, before } = fixture
  const dryRun = given === undefined
  if (before) return [await refuseUpdate(before, fixture)]
  if (container === undefined) return [await refuse(fixture, undefined, dryRun)]
  // A running pod can be given a container and nothing else; and Kubernetes lets no such container have resources.
  const possible = places.filter((place) => place !== 'ephemeralContainers' || pod === undefined)
  return Promise.all(
    possible.map((place) =>
      place === 'ephemeralContainers'
        ? refuseEphemeral(triedContainer({ ...container, resources: null }))
        : refuse(fixture, place, dryRun),
    ),
  )
}

describe.each(controls)('$name', (control) => {
  it.each(Object.entries(control.good))('lets in: %s', async (_, fixture) => {
    for (const said of await tryFixture(control, fixture)) expect(said).toBeUndefined()
  })

  it.each(Object.entries(control.bad))('refuses: %s', async (_, fixture) => {
    const message = messageOf(control, fixture.found)
    for (const said of await tryFixture(control, fixture)) expect(said).toContain(message)
  })

  if (control.given) {
    it('lets a dry run pass, and so the judge', async () => {
      for (const fixture of Object.values(control.bad)) expect(await refuse(fixture)).toBeUndefined()
    })
    return
  }

  it('is a finding of the judge, with the same id', async () => {
    // The judge asks as whoever applies charts.
    const entries = Object.values(control.bad).filter(
      ({ as, before }) => as === undefined && before === undefined,
    )
    const objects = entries.map((fixture, index) => ({
      environment: 'proofs',
      release: 'tried',
      object: make(`bad-${index}`, fixture),
    }))
    const verdicts = await judge.review({ foundation, objects })
    // Kubernetes may warn of the same object, too.
    const found = verdicts.flatMap(({ findings }) =>
      findings.filter(({ severity }) => severity === 'error').map(formatFinding),
    )
    const { id, wanted, next } = control
    expect(found).toEqual(
      entries.map(
        (fixture, index) =>
          `argocd/proofs/values/tried.yaml: ${make('', fixture).kind} tried/bad-${index}: ${fixture.found.join(', ')}  [${id}]\n  want  ${wanted}\n  next  ${next}`,
      ),
    )
  })
})

function messageOf({ name, id, wanted, next }: Control, found: readonly string[]): string {
  return `ValidatingAdmissionPolicy 'opencore-${name}' with binding 'opencore-${name}' denied request: ${id}: ${found.join(', ')}; want ${wanted}; next ${next}`
}

/** Each kind that carries pods, around a template. */
const workloads: Readonly<Record<string, (template: object) => object>> = {
  'apps/v1/Deployment': (template) => ({ selector, template }),
  'apps/v1/ReplicaSet': (template) => ({ selector, template }),
  'apps/v1/StatefulSet': (template) => ({ selector, template, serviceName: 'x' }),
  'apps/v1/DaemonSet': (template) => ({ selector, template }),
  'v1/ReplicationController': (template) => ({ selector: selector.matchLabels, template }),
  'batch/v1/Job': (template) => ({ template: finite(template) }),
  'batch/v1/CronJob': (template) => ({
    schedule: '0 0 * * *',
    jobTemplate: { spec: { template: finite(template) } },
  }),
}
const selector = { matchLabels: { tried: 'yes' } }
const finite = (template: object) => ({
  ...template,
  spec: { ...(template as { spec: object }).spec, restartPolicy: 'Never' },
})

const onPods = controls.filter(({ bad }) => Object.values(bad).every(({ object }) => object === undefined))

describe.each(Object.keys(workloads))('the template of a %s', (type) => {
  const workload = (fixture: Fixture): KubernetesObject => {
    const metadata = podMetadata(fixture)
    const template = {
      metadata: { ...metadata, labels: { ...(metadata['labels'] as object), tried: 'yes' } },
      spec: podSpec(fixture),
    }
    const [apiVersion, kind] = [type.slice(0, type.lastIndexOf('/')), type.slice(type.lastIndexOf('/') + 1)]
    const spec = workloads[type]?.(template)
    return { apiVersion, kind, metadata: { name: 'tried', namespace }, spec }
  }

  it('is let in', async () => {
    expect(await refuseObject(workload({}))).toBeUndefined()
  })

  it.each(onPods)('is held against $name', async (control) => {
    const [fixture] = Object.values(control.bad)
    const said = await refuseObject(workload(fixture ?? {}), control.given === undefined)
    if (control.staying === true && type.startsWith('batch/')) expect(said).toBeUndefined()
    else expect(said).toContain(messageOf(control, fixture?.found ?? []))
  })
})

/** Made before the controls were, with a pod that breaks one. */
function older(replicas: number, image?: string): KubernetesObject {
  const fixture = {
    container: { securityContext: { readOnlyRootFilesystem: false }, ...(image && { image }) },
  }
  const labels = { ...(podMetadata(fixture)['labels'] as object), tried: 'older' }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'older', namespace },
    spec: {
      replicas,
      selector: { matchLabels: { tried: 'older' } },
      template: { metadata: { labels }, spec: podSpec(fixture) },
    },
  }
}

/** The same of an operator's pod, and of a Role. */
function olderPod(labels: object): KubernetesObject {
  const fixture = { container: { securityContext: { readOnlyRootFilesystem: false } } }
  const own = { ...(podMetadata(fixture)['labels'] as object), 'cnpg.io/cluster': 'older', ...labels }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'older', namespace, labels: own },
    spec: podSpec(fixture),
  }
}

const olderRole = (verbs: readonly string[], labels: Readonly<Record<string, string>> = {}) =>
  ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'older', namespace, labels },
    rules: [{ apiGroups: ['*'], resources: ['configmaps'], verbs }],
  }) as KubernetesObject

describe('what is older than a control', () => {
  const operator = 'system:serviceaccount:cnpg-system:cnpg-manager'

  it('is told by its operator that it leads now', async () => {
    const labels = { 'cnpg.io/instanceRole': 'primary' }
    expect(await refuseObject(olderPod(labels), true, operator)).toBeUndefined()
    expect(await refuseObject(olderPod(labels))).toContain('F2: ')
  })
  it('takes labels, where it says the same', async () => {
    expect(await refuseObject(olderRole(['get'], { owner: 'somebody' }))).toBeUndefined()
  })
  it('does not say more of what is refused', async () => {
    expect(await refuseObject(olderRole(['get', 'list']))).toContain('C1: ')
  })
})

describe('a ReplicaSet that is older than a control', () => {
  it('is scaled, or the rollout that mends it could not go on', async () => {
    expect(await refuseObject(older(0))).toBeUndefined()
  })
  it('takes no other template that breaks it', async () => {
    const other = `registry.example.com/banking/tried:2.0.0@sha256:${'0123456789abcdef'.repeat(4)}`
    expect(await refuseObject(older(2, other))).toContain('A7: ')
  })
})

describe('a waiver', () => {
  const labels = { 'app.kubernetes.io/instance': 'waived' }
  const writes = { securityContext: { readOnlyRootFilesystem: false } }
  const [database] = Object.values(controls.find(({ id }) => id === 'D1')?.bad ?? {})
  const single = { ...database?.object, metadata: { name: 'single', namespace } }

  it('lets in the release that it names', async () => {
    expect(await refuse({ metadata: { labels }, container: writes })).toBeUndefined()
    const waived = { ...single, metadata: { ...single.metadata, labels } } as unknown as KubernetesObject
    expect(await refuseObject(waived)).toBeUndefined()
  })

  it('lets in nobody else', async () => {
    const others = { 'app.kubernetes.io/instance': 'waived-too' }
    expect(await refuse({ metadata: { labels: others }, container: writes })).toContain('A7: ')
    expect(await refuseObject(single as unknown as KubernetesObject)).toContain('D1: ')
  })

  it('is of the release that has it, not of another that takes over its object', async () => {
    const waived = { ...single, metadata: { ...single.metadata, labels } } as unknown as KubernetesObject
    await server.client.apply(waived, { fieldManager })
    expect(await refuseObject(single as unknown as KubernetesObject)).toContain('D1: ')
    await server.client.delete(waived)
  })

  it('is of one control', async () => {
    expect(await refuse({ metadata: { labels }, container: { ...writes, resources: null } })).toContain(
      'A10: ',
    )
  })
})

it('lets in 300 variables: no control is at the end of its budget', async () => {
  const env = Array.from({ length: 300 }, (_, index) => ({ name: `VARIABLE_${index}`, value: `v${index}` }))
  expect(await refuse({ container: { env } })).toBeUndefined()
})
