import { applyAll, type KubernetesObject } from '@opencore/cluster'
import {
  archiveSecret,
  barmanCloud,
  chooseDefinitions,
  cloudNativePg,
  jvmImage,
  podOfService,
  postgresImage,
  startRealCluster,
  workloadImage,
  type PodOfService,
  type RealCluster,
} from '@opencore/nodes'
import { waitUntil } from '../wait-until.ts'
import { archiveOf, type Archive } from './archive.ts'
import { clientPod, type ClientPod } from './client-pod.ts'
import type { Render } from './place-stage.ts'
import { CLUSTER, NAMESPACE, OWNER, SERVICES, ZONES } from './releases.ts'

/** As the controls of the environment want images: from the bank's registry, with a digest. */
const CALLER_IMAGE = `registry.firefly-banking.com/mirror/caller:1@sha256:${'0'.repeat(64)}`
const PATIENCE_MS = 600_000
/** What is refused for longer than this is refused. */
const REFUSED_MS = 20_000
const FIELD_MANAGER = 'proof'
/** What sees to others runs twice, so that no drill waits five minutes for Kubernetes to start it elsewhere. */
const OPERATOR = { namespace: 'cnpg-system', name: 'cnpg-controller-manager' }
const OPERATOR_PODS = 'app.kubernetes.io/name=cloudnative-pg'
const NAMES = { namespace: 'kube-system', name: 'coredns' }
const PLUGIN = { namespace: OPERATOR.namespace, name: 'barman-cloud' }
const TWICE = 2
/** Groups whose definitions come with operators. */
const BROUGHT = ['postgresql.cnpg.io', 'barmancloud.cnpg.io']
/** Where the stage is, before anybody knows. */
const NOWHERE = { api: { host: '192.0.2.1', port: 6443 }, archive: { host: '192.0.2.1', port: 7070 } }

/** A database as its operator tells of it. */
interface Cluster extends KubernetesObject {
  spec: { imageName: string; instances: number }
  status?: { phase?: string; currentPrimary?: string; readyInstances?: number }
}

/** The book of record on real nodes, and what is done with it. */
export interface Stage
  extends Pick<RealCluster, 'kubectl' | 'powerOff' | 'powerOn' | 'cutOff' | 'plugIn' | 'stop'>, Archive {
  /** Names of the database's instances. */
  instances: readonly string[]
  /** `kubectl` in the database's namespace. */
  inNamespace: RealCluster['kubectl']
  readPrimary: () => Promise<string>
  /** The node that a pod is on. */
  readNode: (pod: string) => Promise<string>
  /** Change the database's object, by a merge. */
  patchCluster: (patch: object, more?: readonly string[]) => Promise<void>
  /** What an instance runs with. */
  showParameter: (instance: string, parameter: string) => Promise<string>
  /** Resolves when no operator is there any more. */
  stopOperator: () => Promise<void>
  /** Resolves when there are as many operators as before. */
  startOperator: () => Promise<void>
  /** Wait, as patiently as for a database. */
  until: (what: string, isSo: () => Promise<boolean>) => Promise<void>
  /** Resolves when all instances are ready; throws with what the operator says when they do not become so. */
  awaitHealthy: () => Promise<void>
  /** Start a client, which logs in as the owner where it is in the database's namespace. */
  startClient: (pod: Pick<ClientPod, 'name' | 'service'> & Partial<ClientPod>) => Promise<void>
  /** End a pod of the database's namespace at once. */
  endPod: (name: string) => Promise<void>
  /** Start the service that owns the database, all of its release: of a stage that has its image, which stands for the bank's own. */
  startService: () => Promise<void>
  /** Start a pod that can ask a service, with `/program get URL`. */
  startCaller: (pod: PodOfService) => Promise<void>
  /** What psql prints in a client, or why it failed. */
  sql: (client: string, statement: string, how?: { mode?: string; namespace?: string }) => Promise<string>
}

/**
 * Have the real CloudNativePG run the book of record of staging as `argocd/` has it, with a real PostgreSQL, and with the
 * namespaces, quotas, limits and policies of that environment, on a real node in each zone; the real plugin of backups archives
 * into a store beside them. What differs: where the API server is and the store, and that who archives logs in there with the
 * keys of a Secret and not with a role of a cloud. Of services only their accounts and policies are there at first: clients take
 * their place.
 * @param how `folder` for all of it, a new one where left out; `signal` as for `startRealCluster`; `withService` makes the image
 * of the service that owns the database, which no drill needs
 */
export async function openStage(
  render: Render,
  report: (line: string) => void,
  how: { folder?: string; signal?: AbortSignal; withService?: true } = {},
): Promise<Stage> {
  const operators = [await cloudNativePg(report), await barmanCloud(report)]
  // Where the API server is, is known once it runs, and what it runs with before.
  const expected = await render(NOWHERE)
  const database = expected.find((object): object is Cluster => object.kind === 'Cluster')
  const image = database?.spec.imageName ?? ''
  const service = expected.find(isDeploymentOf(OWNER))?.spec.template.spec.containers[0]?.image ?? ''
  const images = [
    ...operators.flatMap((operator) => operator.images),
    await postgresImage(image, report),
    ...(how.withService ? [await jvmImage(service, report)] : []),
    await workloadImage(CALLER_IMAGE, report),
  ]
  const definitions = await chooseDefinitions(expected, (group) => BROUGHT.includes(group), report)
  const { folder, signal } = how
  const buckets = expected
    .filter(isStore)
    .map(({ spec }) => new URL(spec.configuration.destinationPath).hostname)
  const given = { ...(folder !== undefined && { folder }), zones: ZONES, images, definitions, buckets }
  const real = await startRealCluster(given, report, signal)
  const applyPatiently = (objects: readonly KubernetesObject[]) =>
    applyAll(real.client, objects, { patience: PATIENCE_MS, fieldManager: FIELD_MANAGER })
  const scale = async ({ namespace, name }: typeof OPERATOR, replicas: number) => {
    const named = ['-n', namespace, `deployment/${name}`]
    await real.kubectl(['scale', ...named, `--replicas=${replicas}`])
    // Of the plugin one is ready: the other waits to lead.
    if (name !== PLUGIN.name) await real.kubectl(['rollout', 'status', ...named, '--timeout=120s'])
  }
  const { store } = real
  const where = { api: real.api, archive: store ?? NOWHERE.archive }
  let rendered: KubernetesObject[] = []
  try {
    for (const { objects } of operators) await applyPatiently(objects)
    rendered = await render(where)
    await applyPatiently(rendered.filter(isOf('foundation')))
    if (store !== undefined) await applyPatiently([archiveSecret(store, NAMESPACE)])
    await applyPatiently(rendered.filter(isNeeded))
    await Promise.all([scale(OPERATOR, TWICE), scale(PLUGIN, TWICE), scale(NAMES, TWICE)])
  } catch (error) {
    await real.stop()
    throw error
  }
  const place = { name: CLUSTER, namespace: NAMESPACE }
  const reference = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: place }
  const cluster = { ...place, database: OWNER }
  const apply = (object: KubernetesObject) =>
    applyAll(real.client, [object], { patience: REFUSED_MS, fieldManager: FIELD_MANAGER })
  const inNamespace: RealCluster['kubectl'] = (args, input) => real.kubectl(['-n', NAMESPACE, ...args], input)
  const readCluster = async () => {
    const found = await real.client.get<Cluster>(reference)
    if (found === undefined) throw new Error(`${CLUSTER} is not there`)
    return found
  }
  const findAddress = async () =>
    inNamespace(['get', 'service', `${CLUSTER}-rw`, '-o', 'jsonpath={.spec.clusterIP}'])
  const until: Stage['until'] = (what, isSo) => waitUntil(what, isSo, PATIENCE_MS)
  const readPrimary = async () => {
    const { status } = await readCluster()
    if (status?.currentPrimary === undefined) throw new Error('the database has no primary')
    return status.currentPrimary
  }
  const install: Parameters<typeof archiveOf>[0]['install'] = async (restore) => {
    const all = await render(where, restore)
    const own = all.filter(isOf(restore.name))
    const asked = Date.now()
    await applyPatiently([...all.filter(isOf('foundation')), ...own])
    const remove = async () => {
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: own })
      await real.kubectl(['delete', '--ignore-not-found', '--timeout=120s', '-f', '-'], list)
    }
    return { asked, remove }
  }
  return {
    ...real,
    ...archiveOf({ inNamespace, readPrimary, install }),
    instances: Array.from({ length: database?.spec.instances ?? 0 }, (_, index) => `${CLUSTER}-${index + 1}`),
    inNamespace,
    readPrimary,
    readNode: (pod) => inNamespace(['get', 'pod', pod, '-o', 'jsonpath={.spec.nodeName}']),
    patchCluster: async (patch, more = []) => {
      const words = ['patch', 'clusters.postgresql.cnpg.io', CLUSTER, '--type=merge', ...more]
      await inNamespace([...words, '-p', JSON.stringify(patch)])
    },
    showParameter: async (instance, parameter) => {
      const words = ['exec', instance, '--', 'psql', '-qAt', '-c']
      const question = `select setting from pg_settings where name = '${parameter}'`
      return (await inNamespace([...words, question])).trim()
    },
    stopOperator: async () => {
      await scale(OPERATOR, 0)
      const gone = ['wait', '--for=delete', 'pods', '-l', OPERATOR_PODS, '--timeout=60s']
      await real.kubectl(['-n', OPERATOR.namespace, ...gone])
    },
    startOperator: () => scale(OPERATOR, TWICE),
    until,
    awaitHealthy: () =>
      until(`${CLUSTER} was well`, async () => {
        const { spec, status } = await readCluster()
        if (status?.phase === 'Cluster in healthy state' && status.readyInstances === spec.instances)
          return true
        throw new Error(JSON.stringify(status))
      }),
    startClient: async (pod) => {
      const address = pod.only === undefined ? {} : { address: await findAddress() }
      await apply(clientPod({ namespace: NAMESPACE, cluster, image, ...address, ...pod }))
    },
    endPod: async (name) => {
      await inNamespace(['delete', 'pod', name, '--force', '--grace-period=0'])
    },
    startService: () => applyPatiently(rendered.filter(isOf(OWNER))),
    startCaller: (pod) => apply(podOfService(pod, { name: 'caller', image: CALLER_IMAGE })),
    sql: (client, statement, { mode = 'verify-full', namespace = NAMESPACE } = {}) =>
      real.kubectl([
        ...['-n', namespace, 'exec', client, '--'],
        ...['/bin/sh', '-c', `PGSSLMODE=${mode} exec psql -qAt -c '${statement}'`],
      ]),
  }
}

interface Deployment extends KubernetesObject {
  spec: { template: { spec: { containers: { image: string }[] } } }
}

interface Store extends KubernetesObject {
  spec: { configuration: { destinationPath: string } }
}

const isStore = (object: KubernetesObject): object is Store => object.kind === 'ObjectStore'

const isOf =
  (release: string) =>
  ({ metadata: { labels } }: KubernetesObject): boolean =>
    labels?.['app.kubernetes.io/instance'] === release

const isDeploymentOf =
  (release: string) =>
  (object: KubernetesObject): object is Deployment =>
    object.kind === 'Deployment' && isOf(release)(object)

/** Of services, who they are and whom they may reach. */
function isNeeded(object: KubernetesObject): boolean {
  const isOfService = SERVICES.some((name) => isOf(name)(object))
  return !isOfService || ['NetworkPolicy', 'ServiceAccount'].includes(object.kind)
}
