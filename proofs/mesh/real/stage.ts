import { applyAll, type KubernetesObject } from '@opencore/cluster'
import {
  chooseDefinitions,
  podOfService,
  startRealCluster,
  workloadImage,
  type ImageSpec,
  type PodOfService,
  type RealCluster,
} from '@opencore/nodes'
import { awaitReady } from './await-ready.ts'
import { makeControlPlane } from './control-plane.ts'
import { renderServices } from './render-services.ts'
import { standInReferences } from './stand-in-references.ts'

const ZONES = ['eu-west-1a', 'eu-west-1b']
/** As the controls of the environment want images: from the bank's registry, with a digest. */
const PLAIN_IMAGE = `registry.firefly-banking.com/mirror/caller:1@sha256:${'0'.repeat(64)}`
const STAND_IN = ['stand-in', ':8080', ':9090']
const PATIENCE_MS = 180_000
/** What is refused for longer than this is refused. */
const REFUSED_MS = 20_000
const FIELD_MANAGER = 'proof'

interface Deployment extends KubernetesObject {
  spec: { template: { spec: { containers: { image: string }[] } } }
}

/** Who asks: a service through its proxy, or a pod in the place of one that has none. */
export interface Caller {
  namespace: string
  /** As kubectl calls it: `deployment/cards` or `pod/plain`. */
  name: string
}

export interface Question {
  url: string
  method?: string
  /** How long the caller waits. */
  seconds?: number
}

export interface Pod extends KubernetesObject {
  spec: { initContainers?: { name: string; securityContext?: object }[] }
  status?: { podIP?: string }
}

/** Services of staging in a mesh on real nodes. */
export interface Stage extends Pick<RealCluster, 'stop'> {
  /** The status and what was answered, or what the connection said. */
  ask: (caller: Caller, question: Question) => Promise<string>
  /** How long answers take through a caller: microseconds. */
  measure: (caller: Caller, url: string, requests: number) => Promise<{ p50: number; p99: number }>
  /** How often a service was asked for what has this in its path or query, over all its pods. */
  countArrivals: (service: string, mark: string) => Promise<number>
  readPods: (namespace: string) => Promise<Pod[]>
  /** An object of a release, as it is rendered. Throws where there is none. */
  find: (kind: string, name: string) => KubernetesObject
  apply: (...objects: object[]) => Promise<void>
  /** Why the API server does not take an object; nothing where it does. */
  refusalOf: (object: object) => Promise<string | undefined>
  /** A pod without a proxy that is a service to NetworkPolicies. */
  startPlain: (pod: PodOfService) => Promise<Caller>
  /** A pod in a namespace that nothing of ours closes, with an account of its own; it answers, too. */
  startOutside: (name: string, namespace: string) => Promise<Caller & { ip: string }>
  /** End istiod, and wait until it is gone. */
  stopControlPlane: () => Promise<void>
}

/**
 * Have the real istiod and real proxies serve releases of staging as `argocd/` has them, with the namespaces, quotas,
 * controls and policies of that environment, on real nodes of two zones. What differs: where the API server is, how many
 * pods a service has, and that a small program stands for each service.
 */
export async function openStage(report: (line: string) => void): Promise<Stage> {
  const plane = await makeControlPlane(report)
  // Where the API server is, is known once it runs, and what it runs with before.
  const expected = await renderServices({ host: '192.0.2.1', port: 6443 })
  const images = [
    ...plane.images,
    await workloadImage(PLAIN_IMAGE, report),
    ...(await Promise.all(expected.filter(isDeployment).map((one) => standIn(one, report)))),
  ]
  const definitions = await chooseDefinitions(expected, (group) => group.endsWith('.istio.io'), report)
  const real = await startRealCluster({ zones: ZONES, images, definitions }, report)
  let rendered: KubernetesObject[] = []
  try {
    await applyAll(real.client, plane.objects, { patience: PATIENCE_MS, fieldManager: FIELD_MANAGER })
    report('the control plane is applied')
    await awaitReady(real, plane.objects)
    report('the control plane is ready')
    rendered = await renderServices(real.api)
    await applyAll(real.client, [...rendered, ...standInReferences(rendered)], {
      patience: PATIENCE_MS,
      fieldManager: FIELD_MANAGER,
    })
    await awaitReady(real, rendered)
    report('services are ready')
  } catch (error) {
    await real.stop()
    throw error
  }
  const exec = ({ namespace, name }: Caller, words: readonly string[]) =>
    real.kubectl(['-n', namespace, 'exec', name, '--', '/program', ...words])
  const apply = (...objects: object[]) =>
    applyAll(real.client, objects as KubernetesObject[], {
      patience: REFUSED_MS,
      fieldManager: FIELD_MANAGER,
    })
  const find = (kind: string, name: string) => {
    const found = rendered.find((object) => object.kind === kind && object.metadata.name === name)
    if (found === undefined) throw new Error(`there is no ${kind} ${name}`)
    return found
  }
  const start = async (pod: PodOfService) => {
    const { name, namespace } = pod
    await apply(podOfService(pod, { name: 'app', image: PLAIN_IMAGE, args: STAND_IN }))
    await real.kubectl(['-n', namespace, 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=60s'])
    return { namespace, name: `pod/${name}` }
  }
  const readPods = async (namespace: string) =>
    (await real.client.list<Pod>({ apiVersion: 'v1', kind: 'Pod' }, { namespace })).items
  return {
    stop: real.stop,
    apply,
    refusalOf: async (object) => {
      const verdict = await real.client.tryApply(object as KubernetesObject, { fieldManager: 'proof' })
      return verdict.ok ? undefined : verdict.status.message
    },
    find,
    readPods,
    ask: async (caller, { url, method = 'GET', seconds = 5 }) =>
      (await exec(caller, ['ask', String(seconds), method, url])).trim(),
    measure: async (caller, url, requests) =>
      JSON.parse(await exec(caller, ['measure', url, String(requests)])) as { p50: number; p99: number },
    countArrivals: async (service, mark) => {
      const namespace = find('Deployment', service).metadata.namespace ?? ''
      const selected = ['-l', `app.kubernetes.io/instance=${service}`, '-c', 'app', '--tail=-1']
      const logs = await real.kubectl(['-n', namespace, 'logs', ...selected])
      return logs.split('\n').filter((line) => line.includes(mark)).length
    },
    startPlain: start,
    startOutside: async (name, namespace) => {
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } }
      await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, account)
      const caller = await start({ name, service: name, namespace })
      const pod = (await readPods(namespace)).find(({ metadata }) => metadata.name === name)
      return { ...caller, ip: pod?.status?.podIP ?? '' }
    },
    stopControlPlane: async () => {
      const of = ['-n', 'istio-system']
      await real.kubectl([...of, 'scale', 'deployment/istiod', '--replicas=0'])
      // It would answer for as long as it drains.
      await real.kubectl([...of, 'delete', 'pod', '-l', 'app=istiod', '--force', '--grace-period=0'])
    },
  }
}

const isDeployment = (object: KubernetesObject): object is Deployment => object.kind === 'Deployment'

/** What runs in the place of a service: on its ports, under the name of its image. */
async function standIn({ spec }: Deployment, report: (line: string) => void): Promise<ImageSpec> {
  const image = spec.template.spec.containers[0]?.image ?? ''
  return { ...(await workloadImage(image, report)), command: STAND_IN }
}
