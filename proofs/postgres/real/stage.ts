import { applyAll, type KubernetesObject } from '@opencore/cluster'
import { cloudNativePg, jvmImage, localiseDefinition, postgresImage, workloadImage } from '@opencore/nodes'
import { vi } from 'vitest'
import { chooseDefinitions } from '../../shared/choose-definitions.ts'
import { startRealCluster, type RealCluster } from '../../shared/real-cluster.ts'
import { renderLocalised } from '../../shared/render-localised.ts'
import { clientPod, type ClientPod } from './client-pod.ts'
import { podOfService, type PodOfService } from '../../shared/pod-of-service.ts'

const ENVIRONMENT = 'staging'
const CLUSTER = 'ledger-db'
export const NAMESPACE = 'banking-services'
export const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']
const OWNER = 'ledger'
/** The service that owns the database, and one that calls it and has nothing to do with the database. */
const SERVICES = [OWNER, 'cards']
/** As the controls of the environment want images: from the bank's registry, with a digest. */
const CALLER_IMAGE = `registry.firefly-banking.com/mirror/caller:1@sha256:${'0'.repeat(64)}`
const PATIENCE_MS = 600_000
/** What is refused for longer than this is refused. */
const REFUSED_MS = 20_000
const FIELD_MANAGER = 'proof'
const PAUSE_MS = 500

/** A database as its operator tells of it. */
export interface Cluster extends KubernetesObject {
  spec: { imageName: string }
  status?: { phase?: string; currentPrimary?: string; readyInstances?: number }
}

/** The book of record on real nodes, and what is done with it. */
export interface Stage extends Pick<RealCluster, 'kubectl' | 'powerCycle' | 'stop'> {
  readCluster: () => Promise<Cluster>
  /** Resolves when all instances are ready; throws with what the operator says when they do not become so. */
  awaitHealthy: () => Promise<void>
  /** Start a client, which logs in as the owner where it is in the database's namespace. */
  startClient: (pod: Pick<ClientPod, 'name' | 'service'> & Partial<ClientPod>) => Promise<void>
  /** Start the service that owns the database, all of its release, in an image that stands for the bank's own. */
  startService: () => Promise<void>
  /** Start a pod that can ask a service, with `/program get URL`. */
  startCaller: (pod: PodOfService) => Promise<void>
  /** What psql prints in a client, or why it failed. */
  sql: (client: string, statement: string, how?: { mode?: string; namespace?: string }) => Promise<string>
}

/**
 * Have the real CloudNativePG run the book of record of staging as `argocd/` has it, with a real PostgreSQL, and with the
 * namespaces, quotas, limits and policies of that environment, on a real node in each zone. What differs: where the API
 * server is, and that there is no archive. Of services only their accounts and policies are there at first: clients take
 * their place.
 */
export async function openStage(report: (line: string) => void): Promise<Stage> {
  const operator = await cloudNativePg(report)
  const render = (api: RealCluster['api']) =>
    renderLocalised(ENVIRONMENT, ['foundation', CLUSTER, ...SERVICES], (definition) =>
      localiseDefinition(definition, api, [CLUSTER]),
    )
  // Where the API server is, is known once it runs, and what it runs with before.
  const expected = await render({ host: '192.0.2.1', port: 6443 })
  const image = expected.find((object): object is Cluster => object.kind === 'Cluster')?.spec.imageName ?? ''
  const service = expected.find(isDeploymentOf(OWNER))?.spec.template.spec.containers[0]?.image ?? ''
  const images = [
    operator.image,
    await postgresImage(image, report),
    await jvmImage(service, report),
    await workloadImage(CALLER_IMAGE, report),
  ]
  const definitions = await chooseDefinitions(expected, (group) => group === 'postgresql.cnpg.io', report)
  const real = await startRealCluster({ zones: ZONES, images, definitions }, report)
  let rendered: KubernetesObject[] = []
  try {
    await applyAll(real.client, operator.objects, { patience: PATIENCE_MS, fieldManager: FIELD_MANAGER })
    rendered = await render(real.api)
    await applyAll(real.client, rendered.filter(isNeeded), {
      patience: PATIENCE_MS,
      fieldManager: FIELD_MANAGER,
    })
  } catch (error) {
    await real.stop()
    throw error
  }
  const place = { name: CLUSTER, namespace: NAMESPACE }
  const reference = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: place }
  const cluster = { ...place, database: OWNER }
  const apply = (object: KubernetesObject) =>
    applyAll(real.client, [object], { patience: REFUSED_MS, fieldManager: FIELD_MANAGER })
  const readCluster = async () => {
    const found = await real.client.get<Cluster>(reference)
    if (found === undefined) throw new Error(`${CLUSTER} is not there`)
    return found
  }
  return {
    kubectl: real.kubectl,
    powerCycle: real.powerCycle,
    stop: real.stop,
    readCluster,
    awaitHealthy: () =>
      vi.waitFor(
        async () => {
          const { status } = await readCluster()
          const isHealthy =
            status?.phase === 'Cluster in healthy state' && status.readyInstances === ZONES.length
          if (!isHealthy) throw new Error(`${CLUSTER} is not well: ${JSON.stringify(status)}`)
        },
        { timeout: PATIENCE_MS, interval: PAUSE_MS },
      ),
    startClient: (pod) => apply(clientPod({ namespace: NAMESPACE, cluster, image, ...pod })),
    startService: () =>
      applyAll(real.client, rendered.filter(isOf(OWNER)), {
        patience: PATIENCE_MS,
        fieldManager: FIELD_MANAGER,
      }),
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
