import { createJudge, stopJudge, type Definition, type Judge } from '@opencore/cluster'
import {
  findSkipped,
  formatFinding,
  groupOf,
  manifestKindKey,
  mergeValues,
  type JsonObject,
} from '@opencore/contract'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { listMadeObjects, readObjects, type KubernetesObject, type RenderedObject } from '@opencore/verify'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { root } from '../shared/root.ts'
import { renderReleases, type RenderRequest } from '@opencore/renderer'
import { readCharts } from '@opencore/charts'
import { requestCase } from '../shared/request-cases.ts'
import { requestSamples } from '../shared/restated.ts'

const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const files = await glob(
  charts.map(({ folder }) => `${folder}/ci/*-values.yaml`),
  { cwd: root },
)
const cases = await Promise.all(files.sort().map((file) => requestCase(root, file, 'cases')))
const samples = await requestSamples('cases')
const silent = () => undefined
const catalogue = await loadApiCatalogue(silent)
const { crds, kinds } = catalogue
let folder = ''
let judge: Judge

/** What the cases take for granted in a cluster. It is there from the first case on, since admission hears of it late. */
const priorityClass: KubernetesObject = {
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name: 'standard' },
  value: 1000,
}

/** As strict as the platform's own namespaces, but for a case whose values say that it may be root. */
function namespaceOf(objects: readonly RenderedObject[]): KubernetesObject {
  const level = JSON.stringify(objects).includes('"runAsNonRoot":false') ? 'privileged' : 'restricted'
  const labels = { 'pod-security.kubernetes.io/enforce': level }
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'cases', labels } }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'judge-'))
  const { etcd = '', 'kube-apiserver': apiServer = '' } = await ensureTools(
    ['etcd', 'kube-apiserver'],
    silent,
  )
  const definitions = crds.map(({ manifest }) => manifest as unknown as Definition)
  judge = createJudge({ tools: { etcd, apiServer }, definitions, report: silent, folder })
})

afterAll(async () => {
  await judge.close()
  await stopJudge(folder)
  await rm(folder, { recursive: true })
})

/** Every object of a case, with tests and hooks, as the renderer answers it. */
async function render(request: RenderRequest): Promise<RenderedObject[]> {
  for await (const { objects: documents = [], error } of renderReleases([request], silent)) {
    expect(error).toBeUndefined()
    const source = { environment: 'cases', release: 'example', namespace: 'cases', documents }
    const objects = readObjects(
      source,
      (apiVersion, kind) => kinds[manifestKindKey({ apiVersion, kind })]?.namespaced ?? false,
    )
    return objects.ok ? objects.value : expect.fail(objects.findings.map(formatFinding).join('\n'))
  }
  return expect.fail('the renderer answered nothing')
}

function foundationOf(namespace: KubernetesObject): RenderedObject[] {
  return [namespace, priorityClass].map((object) => ({
    environment: 'cases',
    release: 'foundation',
    object,
  }))
}

describe('the judge accepts every case of every chart, and every public sample that one restates', () => {
  it.for([...cases, ...samples])('$id', async (request, { skip }) => {
    const objects = await render(request)
    const lack = findSkipped(catalogue, ...objects.map(({ object }) => groupOf(object)))
    if (lack !== undefined) skip(`needs ${lack}`)
    // A case may make namespaces of its own.
    const foundation = [...foundationOf(namespaceOf(objects)), ...objects]
    const verdicts = await judge.review({ foundation, objects })
    expect(verdicts).toHaveLength(objects.length)
    expect(verdicts.flatMap(({ findings }) => findings).map(formatFinding)).toEqual([])
  })
})

const weaker = { securityContext: { capabilities: { add: ['NET_ADMIN'] } } }

/** An overlay of each kind that carries pods, and what Pod Security then says of the pods. */
const weak: { file: string; overlay: JsonObject; pods: string }[] = [
  {
    file: 'charts/service/ci/minimal-values.yaml',
    overlay: {
      deployment: { template: { spec: { containers: [{ name: 'other', image: 'a:1', ...weaker }] } } },
    },
    pods: 'Deployment/example',
  },
  {
    file: 'charts/postgres/ci/overlay-values.yaml',
    overlay: {
      pooler: { template: { spec: { containers: [{ name: 'watcher', image: 'a:1', ...weaker }] } } },
    },
    pods: 'Deployment/example-pooler-rw (made of Pooler/example-pooler-rw)',
  },
  {
    file: 'charts/postgres/ci/overlay-values.yaml',
    overlay: {
      pooler: { template: { spec: { initContainers: [{ name: 'first', image: 'a:1', ...weaker }] } } },
    },
    pods: 'Deployment/example-pooler-rw (made of Pooler/example-pooler-rw)',
  },
  {
    file: 'charts/kafka/ci/overlay-values.yaml',
    overlay: { nodePool: { template: { kafkaContainer: weaker } } },
    pods: 'Pod/example-brokers-0 (made of KafkaNodePool/brokers)',
  },
  {
    file: 'charts/kafka/ci/overlay-values.yaml',
    overlay: { kafka: { kafkaExporter: { template: { container: weaker } } } },
    pods: 'Deployment/example-kafka-exporter (made of Kafka/example)',
  },
  {
    file: 'charts/kafka/ci/overlay-values.yaml',
    overlay: { connect: { template: { connectContainer: weaker } } },
    pods: 'Pod/example-connect-connect-0 (made of KafkaConnect/example-connect)',
  },
  {
    file: 'charts/kafka/ci/overlay-values.yaml',
    overlay: { registry: { template: { spec: { containers: [{ name: 'registry', ...weaker }] } } } },
    pods: 'Deployment/example-registry',
  },
  {
    file: 'charts/redis/ci/overlay-values.yaml',
    overlay: { replication: { sidecars: [{ name: 'watcher', image: 'a:1', ...weaker }] } },
    pods: 'StatefulSet/example (made of RedisReplication/example)',
  },
  {
    file: 'charts/redis/ci/cluster-values.yaml',
    overlay: { cluster: { sidecars: [{ name: 'watcher', image: 'a:1', ...weaker }] } },
    pods: 'StatefulSet/example-leader (made of RedisCluster/example)',
  },
  {
    file: 'charts/redis/ci/overlay-values.yaml',
    overlay: { sentinel: { initContainer: weaker } },
    pods: 'StatefulSet/example-sentinel (made of RedisSentinel/example)',
  },
  {
    file: 'charts/redis/ci/overlay-values.yaml',
    overlay: {
      backup: {
        jobTemplate: { spec: { template: { spec: { containers: [{ name: 'upload', ...weaker }] } } } },
      },
    },
    pods: 'CronJob/example-backup',
  },
]

describe('the judge refuses an overlay that weakens pods, an operator’s too', () => {
  it.for(weak)('$file $overlay', async (weakened, { skip }) => {
    const { file, overlay, pods } = weakened
    const request = await requestCase(root, file, 'cases')
    const values = stringify(mergeValues(parse(request.values) as JsonObject, { overlay }))
    const objects = await render({ ...request, values })
    const lack = findSkipped(catalogue, ...objects.map(({ object }) => groupOf(object)))
    if (lack !== undefined) skip(`needs ${lack}`)
    const made = listMadeObjects(objects).filter(({ object }) => object.kind !== 'Secret')
    const foundation = [...foundationOf(namespaceOf([])), ...objects]
    const verdicts = await judge.review({ foundation, objects: [...objects, ...made] })
    const refused = verdicts.flatMap(({ rendered, findings }) =>
      findings
        .filter(({ severity }) => severity === 'error')
        .map(({ found }) => {
          const { kind, metadata } = rendered.object
          const maker = 'maker' in rendered ? (rendered.maker as RenderedObject).object : undefined
          const by = maker === undefined ? '' : ` (made of ${maker.kind}/${maker.metadata.name})`
          return `${kind}/${metadata.name}${by}: ${found}`
        }),
    )
    expect(refused[0]).toContain(`${pods}: `)
    for (const line of refused) expect(line).toMatch(/violates PodSecurity.*unrestricted capabilities/)
  })
})
